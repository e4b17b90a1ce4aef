"""The window, in Qt widgets: the only room with PySide6. How a page is built: desktop.ui.pages.page; how actions are run: operations."""
