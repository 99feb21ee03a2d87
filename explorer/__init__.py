"""The explorer: one file a page, and the few widgets they share."""
