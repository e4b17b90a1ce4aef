"""The catalogues of `resources/translations`: sentences are extracted from the code, the .po files brought up to date, the .mo files compiled.

The .mo files are kept in the repository beside their .po, so that no start and no installation has anything to compile; a test sees that they match.
Run by `dev.py translations` with the environment's Python.
"""

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "resources" / "translations"
DOMAIN = "belfry"
ROOMS = ("desktop", "integrations", "resources")
LANGUAGES = ("pt",)
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "ngettext": (1, 2), "phrase": (1,), "phrases": (1, 2), "mark": (1,)}
_WIDTH = 120
_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)  # the dates in the header would make each run another file


def extracted() -> Catalog:
    """All sentences in the code, with the files they stand in."""
    found = Catalog(project="Belfry", charset="utf-8", fuzzy=False)
    for room in ROOMS:
        for name, _line, message, comments, context in extract_from_dir(
            ROOT / room, method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=("i18n:",), strip_comment_tags=True
        ):
            found.add(message, locations=[(f"{room}/{name}".replace("\\", "/"), 0)], auto_comments=comments, context=context)
    return found


def catalogue(language: str) -> Catalog:
    """The catalogue of a language as it is kept; an empty one where there is none yet."""
    path = po(language)
    if not path.exists():
        header = f"# Belfry in {language}. Distributed under the licence of Belfry, GPL-3.0-or-later."
        return Catalog(
            locale=language,
            domain=DOMAIN,
            header_comment=header,
            project="Belfry",
            version="1",
            charset="utf-8",
            fuzzy=False,
        )
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def po(language: str) -> Path:
    """Where the catalogue of a language is kept."""
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def update(language: str) -> Catalog:
    """Bring a catalogue up to date: new sentences come in untranslated, those that are in the code no more go. What is translated stays."""
    kept = catalogue(language)
    kept.update(extracted(), no_fuzzy_matching=True)
    kept.obsolete.clear()
    path = po(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    write_po(out, kept, width=_WIDTH, sort_output=True, omit_header=False, include_lineno=False)
    path.write_bytes(_tidy(out.getvalue()))
    return kept


def compiled(language: str) -> bytes:
    """A catalogue as gettext reads it. A sentence without words is left out, so that it is shown in English."""
    kept = catalogue(language)
    for message in list(untranslated(kept)):
        kept.delete(message.id, message.context)
    kept.creation_date = kept.revision_date = _NO_DATE
    out = io.BytesIO()
    write_mo(out, kept)
    return out.getvalue()


def untranslated(kept: Catalog) -> Iterator[Message]:
    """The sentences of a catalogue that have no words in its language."""
    for message in kept:
        words = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and not all(words):
            yield message


def _tidy(text: bytes) -> bytes:
    """The dates in the header would make each run a change; and nobody is to write to Babel's invented addresses."""
    unwanted = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Report-Msgid-Bugs-To', b'"Last-Translator', b'"Language-Team')
    return b"\n".join(line for line in text.split(b"\n") if not line.startswith(unwanted))


def main() -> int:
    """Extract, update, compile; say what is still without words."""
    for language in LANGUAGES:
        kept = update(language)
        po(language).with_suffix(".mo").write_bytes(compiled(language))
        left = list(untranslated(kept))
        print(f"{language}: {len(kept) - len(left)} of {len(kept)} sentences translated.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
