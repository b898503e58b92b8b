"""Figures from values, the same in the window and on paper: figures, words, colours.

Every chart is ``figure(values, *, theme, size) -> Figure`` with values of its own and ``size`` in
inches. Texts stand in points (8): in the window draw at 108 dpi, where they become 12 px.
"""
