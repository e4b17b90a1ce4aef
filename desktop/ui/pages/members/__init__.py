"""The page “Members”."""
