"""The page “Calendar”."""
