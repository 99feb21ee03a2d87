"""続柄: the terms of the registers and what chains of them mean."""
