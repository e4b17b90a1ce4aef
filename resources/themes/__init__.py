"""The named colours of the window: light.json and dark.json (what has to be readable on what says desktop.ui.theme), and signs for its style sheet."""
