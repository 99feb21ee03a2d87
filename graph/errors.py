"""The one tree of errors.

EnkanError
├── ConfigError           a setting, mapping or policy is missing or malformed
├── SourceError           an export file is missing, unreadable or has the wrong columns
├── WorkspaceError        the workspace has nothing published, or is of another version
│   ├── NothingPublished  no run has published anything in it yet
│   └── WorkspaceLocked   another run holds the workspace
└── StoreError            the graph could not be read or written
    └── StoreUnavailable  the store does not answer
"""


class EnkanError(Exception):
    """Something outside this program is broken; the message is one sentence for its user."""


class ConfigError(EnkanError):
    """A setting, a mapping or the policy is missing or malformed."""


class SourceError(EnkanError):
    """An export file is missing, unreadable or has the wrong columns."""


class WorkspaceError(EnkanError):
    """The workspace has nothing published, or is of another version."""


class NothingPublished(WorkspaceError):
    """No run has published anything in the workspace yet."""


class WorkspaceLocked(WorkspaceError):
    """Another run holds the workspace."""


class StoreError(EnkanError):
    """The graph could not be read or written."""


class StoreUnavailable(StoreError):
    """The store does not answer."""
