"""What we own: matters, families, people, technologies, products, numbers, offices."""
