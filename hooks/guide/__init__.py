"""YAML → a whole Guide, or every problem. Imports nothing of ours outside this room."""
