"""Telegram, through the Bot API: groups, topics of groups, broadcast channels."""

from integrations.telegram.manifest import MANIFEST

__all__ = ["MANIFEST"]
