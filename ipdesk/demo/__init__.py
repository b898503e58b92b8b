"""A believable portfolio of an invented company, for trials, tests and screenshots.

Dates follow the day it is made on, so that it never grows old; the same day gives the same data.
"""
