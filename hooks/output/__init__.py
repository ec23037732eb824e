"""Finished pages → the site: what may leave, what is kept, and the one adapter to MkDocs and its theme."""
