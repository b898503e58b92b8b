"""Deadlines and events as the window shows and edits them, on whatever page they stand."""
