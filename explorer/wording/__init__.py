"""The words of the screen, Japanese first."""
