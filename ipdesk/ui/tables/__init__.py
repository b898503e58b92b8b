"""A table of any length: paged model, columns, filters, sorting."""
