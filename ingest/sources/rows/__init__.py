"""The rows of one file, and what speaks against them."""
