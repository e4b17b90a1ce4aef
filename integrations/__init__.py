"""The services that Belfry knows: one package each, listed here by hand. Reading this imports no service's library."""

from integrations import byhand, practice, telegram
from integrations.base import Manifest

MANIFESTS: tuple[Manifest, ...] = (telegram.MANIFEST, byhand.MANIFEST, practice.MANIFEST)


def manifest(id: str) -> Manifest:
    """The manifest with this id. Raises KeyError for one that this Belfry does not know."""
    for known in MANIFESTS:
        if known.id == id:
            return known
    raise KeyError(id)
