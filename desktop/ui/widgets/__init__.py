"""Small parts that pages are made of. None of them knows the store."""
