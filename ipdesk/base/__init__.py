"""Ground floor: knows nothing of intellectual property."""
