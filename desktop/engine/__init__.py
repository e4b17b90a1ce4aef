"""The sender: an alarm clock, the dispatcher, the vault, and what this computer knows of itself. No Qt."""
