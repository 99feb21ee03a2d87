"""What staff do all day, what was planted among it, and the logs that it leaves."""
