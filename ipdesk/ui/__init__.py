"""The only room with Qt: frame, pages, tables, widgets."""
