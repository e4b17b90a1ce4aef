"""The command palette (Ctrl+K): finds a member, an event, an announcement, a page, an action. What it looks in: `sources`; how it looks: `panel`."""
