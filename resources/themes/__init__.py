"""The colours of the window by name (see desktop.ui.theme for what each is), and the signs that its style sheet draws."""
