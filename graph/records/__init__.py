"""What readers get and people decide, as frozen records in the shapes of the interface."""
