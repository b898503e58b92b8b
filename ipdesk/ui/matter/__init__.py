"""A matter as the window shows and edits it, on whatever page it stands."""
