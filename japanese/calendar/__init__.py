"""Days and times as registers and logs write them, 和暦 and western."""
