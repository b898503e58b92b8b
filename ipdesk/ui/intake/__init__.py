"""Pieces of the import page: the import on its way, its steps, its preview."""
