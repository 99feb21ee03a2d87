"""What is plainly no export: a file that cannot be opened, is empty, or is of another format than text in columns."""

from pathlib import Path

from graph.errors import SourceError, failure
from words import Said

HEAD = 1024
BLANK = b"\xef\xbb\xbf\xff\xfe \t\r\n\0\x1a"
COMPRESSED = Said(en="a compressed file; unpack it first", ja="圧縮されたファイル(展開してください)")
BOOK = Said(en="an Excel workbook or a ZIP archive", ja="Excel ブックまたは ZIP")
OLD_BOOK = Said(en="an old Excel workbook", ja="旧形式の Excel ブック")
PAGE = Said(en="a web page or XML", ja="ウェブページまたは XML")
DATABASE = Said(en="a database", ja="データベース")
ENCRYPTED = Said(en="an encrypted message", ja="暗号化されたファイル")
BEGINNINGS = {
    b"PK\x03\x04": BOOK,
    b"PK\x05\x06": BOOK,
    b"\xd0\xcf\x11\xe0": OLD_BOOK,
    b"%PDF": Said(en="a PDF", ja="PDF"),
    b"\x1f\x8b": COMPRESSED,  # gzip
    b"\x1f\x9d": COMPRESSED,  # compress
    b"BZh": COMPRESSED,
    b"\xfd7zXZ\0": COMPRESSED,
    b"\x28\xb5\x2f\xfd": COMPRESSED,  # Zstandard
    b"\x04\x22\x4d\x18": COMPRESSED,  # LZ4
    b"7z\xbc\xaf\x27\x1c": COMPRESSED,
    b"Rar!": COMPRESSED,
    b"MSCF": COMPRESSED,  # cabinet
    b"PAR1": DATABASE,
    b"SQLite format 3": DATABASE,
    b"-----BEGIN PGP": ENCRYPTED,
    b"{\rtf": Said(en="a text with formatting (RTF)", ja="RTF 文書"),
}
TAGS = (b"<!doctype", b"<html", b"<?xml", b"<head", b"<body", b"<table")


def refuse_others(path: Path) -> None:
    """Raise SourceError where a file cannot be read, is empty, or is plainly something else than text in columns."""
    if not path.is_file():
        raise SourceError(f"{path}: no such file", f"{path}: ファイルがありません。")
    head = _head(path)
    if not head.strip(BLANK):
        raise SourceError(
            f"{path.name}: the file is empty; expected a header in line 1",
            f"{path.name}: 中身がありません。1行目に見出しが必要です。",
        )
    kind = _kind(head)
    if kind:
        raise SourceError(
            f"{path.name}: line 1: this is {kind.en}, not a CSV export",
            f"{path.name}: 1行目: CSV ではなく、{kind.ja}です。",
        )


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as handle:
            return handle.read(HEAD)
    except OSError as error:
        why = failure(error)
        raise SourceError(f"{path.name} cannot be read ({why.en})", f"{path.name}: 読めません({why.ja})。") from error


def _kind(head: bytes) -> Said | None:
    """Tell another format by its first bytes; an LHA archive has its mark behind two of its own."""
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(TAGS):
        return PAGE
    if head[2:5] == b"-lh" and head[6:7] == b"-":
        return COMPRESSED
    return next((kind for magic, kind in BEGINNINGS.items() if head.startswith(magic)), None)
