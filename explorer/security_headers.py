"""What every response carries: no other origin is asked for anything, nobody may frame the page, it is Japanese."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.middleware import Middleware

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

# Inline components need blob:, inline styles are Streamlit's own; no host but this one is named anywhere.
POLICY = (
    "default-src 'self'; script-src 'self' blob: 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'; "
    "base-uri 'self'; form-action 'self'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-frame-options", b"DENY"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
TITLE = (b"<title>Streamlit</title>", "<title>縁鑑 Enkan</title>".encode())
LANGUAGE = (b'<html lang="en"', b'<html lang="ja"')


class Guard:
    """ASGI middleware: security headers on every answer, language and title on the page itself."""

    def __init__(self, app: Asgi) -> None:
        """Wrap the application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and dress its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        await self._app(scope, receive, _Dresser(send))


class _Dresser:
    """Hold an HTML answer back until it is whole, then send it with our words in it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [*message["headers"], *HEADERS]
            message = {**message, "headers": headers}
            if any(name == b"content-type" and b"text/html" in value for name, value in headers):
                self._start = message
                return
        if self._start is None:
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if not message.get("more_body"):
            await self._finish()

    async def _finish(self) -> None:
        assert self._start is not None
        body = self._body.replace(*TITLE).replace(*LANGUAGE)
        kept = [pair for pair in self._start["headers"] if pair[0] not in (b"content-length", b"content-encoding")]
        encoded = any(name == b"content-encoding" for name, _ in self._start["headers"])
        if encoded:  # a compressed page is passed on as it came
            body, kept = self._body, [pair for pair in self._start["headers"] if pair[0] != b"content-length"]
        headers = [*kept, (b"content-length", str(len(body)).encode())]
        await self._send({**self._start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})


MIDDLEWARE = (Middleware(Guard),)
