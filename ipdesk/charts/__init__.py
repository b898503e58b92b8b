"""Figures from values; matplotlib.figure only, never pyplot."""
