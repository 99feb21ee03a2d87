"""The family registers: who stood in which, when, and what their files say."""
