"""Widgets of early warning: watches, hits, what is thought of them, answers and gates."""
