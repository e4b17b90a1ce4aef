"""The page “Channels”."""
