"""Pieces of the reports page: pages as pictures, the view of them, options, the printer."""
