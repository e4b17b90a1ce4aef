"""By hand: any place where no machine may post. Belfry writes the text as that place formats it; a person posts it and ticks it off."""

from integrations.byhand.manifest import MANIFEST

__all__ = ["MANIFEST"]
