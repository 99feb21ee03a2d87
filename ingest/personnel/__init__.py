"""From personnel records to staff, their accounts and the kin they state."""
