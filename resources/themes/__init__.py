"""The named colours of the window: light.json and dark.json. What each is for, and what has to be readable on what, says desktop.ui.theme."""
