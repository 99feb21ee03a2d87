"""From the resident register and the family register to people and their links."""
