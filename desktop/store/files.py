"""Photos and documents, kept once by the SHA-256 of their content. Rows and the journal hold the hash."""

import hashlib

from desktop.store.database import Store
from desktop.store.driver import Connection

LOGO = "logo"
"""The setting that holds the SHA-256 of the community's logo; empty for none."""


def sha256(content: bytes) -> str:
    """The name under which a content is kept, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def keep(conn: Connection, content: bytes, media_type: str) -> str:
    """Keep a content and give its hash; nothing happens where it is kept already. Inside a write transaction."""
    name = sha256(content)
    conn.execute("INSERT OR IGNORE INTO file (sha256, media_type, content) VALUES (?, ?, ?)", (name, media_type, content))
    return name


def is_kept(conn: Connection, name: str) -> bool:
    """Whether there is a content with this hash."""
    return conn.execute("SELECT 1 FROM file WHERE sha256 = ?", (name,)).fetchone() is not None


def content(store: Store, name: str) -> bytes | None:
    """The content with this hash; None where there is none."""
    found = store.value("SELECT content FROM file WHERE sha256 = ?", (name,))
    return None if found is None else bytes(found)


def media_type_of(content: bytes) -> str:
    """The media type of a picture, told from its first bytes; that of unknown bytes where it is none we know."""
    for head, media_type in ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"GIF8", "image/gif")):
        if content.startswith(head):
            return media_type
    return "image/webp" if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else "application/octet-stream"
