"""Files that belong to the program, and typed access to them."""
