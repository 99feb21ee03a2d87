"""Where a workspace keeps things, and files that are read or written whole."""
