"""The page “Today”."""
