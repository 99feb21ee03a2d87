"""Who is this member of staff: a probability for every resident who may be, and for nobody (W1–W5)."""
