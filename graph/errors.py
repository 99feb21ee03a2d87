"""The one tree of errors.

EnkanError
├── UsageError            what was asked for does not exist or cannot be asked (exit status 2)
├── Refused               who asks may not ask this, or is not told of this person
├── ConfigError           a setting, mapping or policy is missing or malformed
├── SourceError           an export file is missing, unreadable or has the wrong columns
├── WorkspaceError        the workspace has nothing published, or is of another version
│   ├── NothingPublished  no run has published anything in it yet
│   ├── Damaged           a file of it is not as it was written
│   └── WorkspaceLocked   another run holds the workspace
├── StoreError            the graph could not be read or written
│   └── StoreUnavailable  the store does not answer
└── StepError             a table of a run could not be made
"""

import errno
from collections.abc import Mapping

from words import Said

FAILURES: Mapping[int | None, str] = {
    errno.ENOENT: "見つかりません",
    errno.EACCES: "権限がありません",
    errno.EPERM: "許可されていません",
    errno.EISDIR: "フォルダです",
    errno.ENOTDIR: "フォルダではありません",
    errno.ENOSPC: "空き容量がありません",
    errno.EROFS: "読み取り専用です",
    errno.EIO: "入出力の誤りです",
    errno.ENAMETOOLONG: "名前が長すぎます",
    errno.ELOOP: "リンクが循環しています",
}


def failure(error: OSError) -> Said:
    """Say why the operating system could not do something; what is rare is told by its number in Japanese."""
    words = error.strerror or type(error).__name__
    return Said(en=words, ja=FAILURES.get(error.errno, f"エラー番号 {error.errno}"))


class EnkanError(Exception):
    """Something outside this program is broken; the message is one sentence for its user."""

    def __init__(self, en: str, ja: str = "") -> None:
        super().__init__(en)
        self.said = Said(en=en, ja=ja or en)


class UsageError(EnkanError):
    """What was asked for does not exist, or cannot be asked; the message says what there is."""


class Refused(EnkanError):
    """Who asks may not ask this, or is not told of this person; the refusal is in the audit log."""


class ConfigError(EnkanError):
    """A setting, a mapping or the policy is missing or malformed."""


class SourceError(EnkanError):
    """An export file is missing, unreadable or has the wrong columns."""


class WorkspaceError(EnkanError):
    """The workspace has nothing published, or is of another version."""


class NothingPublished(WorkspaceError):
    """No run has published anything in the workspace yet."""


class Damaged(WorkspaceError):
    """A file of the workspace is not as it was written; the message names it."""


class WorkspaceLocked(WorkspaceError):
    """Another run holds the workspace."""


class StoreError(EnkanError):
    """The graph could not be read or written."""


class StoreUnavailable(StoreError):
    """The store does not answer."""


class StepError(EnkanError):
    """A step could not make its table; the message has the step's name and its SQL."""
