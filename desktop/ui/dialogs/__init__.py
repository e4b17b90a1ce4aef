"""What dialogs share. A dialog belongs to its page; none of them blocks."""
