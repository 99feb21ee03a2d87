"""Who is related to whom, how closely, since when, and in which words."""
