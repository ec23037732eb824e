"""What `make` calls: the arguments of one command each, and no more."""
