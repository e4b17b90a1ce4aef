"""The page “Announcements”."""
