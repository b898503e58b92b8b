"""Registers as truth to compare with: what they tell otherwise, what one of the two sides lacks."""
