"""Import: changes of known matters by field, and families, decided in the preview."""
