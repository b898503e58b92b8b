"""Layout plans in the window: the views of their page, one file a view."""
