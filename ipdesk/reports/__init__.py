"""One report a file; this list is the order in which they are offered."""
