"""Practice: a service inside the program. It keeps what it gets, reaches nobody, and can answer with every trouble that a real service has."""

from integrations.practice.inbox import PracticeMessage, received
from integrations.practice.manifest import MANIFEST

__all__ = ["MANIFEST", "PracticeMessage", "received"]
