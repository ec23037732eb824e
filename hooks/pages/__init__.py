"""Guide + templates → Markdown pages. Knows nothing of MkDocs."""
