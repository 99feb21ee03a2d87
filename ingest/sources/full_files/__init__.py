"""Files that hold all of a register: what they would end, and what is not taken without a word."""
