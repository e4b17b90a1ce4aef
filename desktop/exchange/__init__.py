"""File formats in and out: CSV, vCard, iCalendar. This room knows values, not the store."""
