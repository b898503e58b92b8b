"""How lists come in: formats, columns, cells, the plan that is the preview, edits."""
