"""The parts of the agents page."""
