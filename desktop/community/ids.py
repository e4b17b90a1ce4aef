"""Identifiers that travel between laptops: UUIDv7 text (RFC 9562, section 5.7), so that ids made later sort later."""

import uuid_utils


def new_id() -> str:
    """A fresh UUIDv7, 36 characters, lower case."""
    return str(uuid_utils.uuid7())
