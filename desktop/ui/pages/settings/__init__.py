"""The page “Settings”."""
