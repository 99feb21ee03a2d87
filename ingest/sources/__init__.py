"""What was delivered: accepted whole or named as refused, told apart from what was there, and what of it counts."""
