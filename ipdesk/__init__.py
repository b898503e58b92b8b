"""IPDesk: what a start-up owns, what is due, what it costs, what others do and where gaps are."""

__version__ = "0.1.0"
