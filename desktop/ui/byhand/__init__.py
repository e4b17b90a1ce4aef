"""The runner for what is posted by hand. From any page: `from desktop.ui.byhand.entry import open_runner`."""
