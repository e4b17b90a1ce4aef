"""By hand holds to what every manifest must hold to."""

from helpers.contract import ManifestContract
from integrations.byhand import MANIFEST


class TestByHand(ManifestContract):
    manifest = MANIFEST
