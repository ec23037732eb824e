"""What reviewers of a guide are told: what is due, and what changed."""
