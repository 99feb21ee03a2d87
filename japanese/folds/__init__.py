"""Old characters and what they are written as today, and the program that makes the table."""
