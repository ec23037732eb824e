"""The engine's own words, a file a language."""
