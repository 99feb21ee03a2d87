"""What was examined, what could not be, and the sessions that two people shared."""
