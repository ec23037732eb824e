"""How hard the words of a guide are to read, and the limits on that."""
