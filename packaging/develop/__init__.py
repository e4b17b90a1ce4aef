"""What `packaging/dev.py` does. Standard library only (but for rooms.py, which import-linter loads): it runs before anything is installed."""
