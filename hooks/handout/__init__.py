"""Guide → the printed guide and the diary, PDF made by Typst."""
