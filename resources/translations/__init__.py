"""Every sentence a person reads goes through here: GNU gettext, one mechanism for all rooms.

`_()` and `ngettext()` translate now. A `Phrase` is a sentence that is kept (in the journal, in a delivery's reason, in an error): it holds the
message id and the parameters, never the finished words, so that it can be read in another language later. A sentence is never glued together
from parts.
"""

import gettext as _gettext
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

DOMAIN = "belfry"
_FOLDER = Path(__file__).parent
_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()

Param = str | int | float


def use(language: str) -> None:
    """Speak this language from now on, given as a locale name such as `pt` or `pt_PT`; English where there is no catalogue for it."""
    global _catalogue
    _catalogue = _gettext.translation(DOMAIN, _FOLDER, languages=[language], fallback=True)


def known(language: str) -> bool:
    """Whether there is a catalogue for this language, or it is English, which needs none."""
    return language.partition("_")[0] == "en" or _gettext.find(DOMAIN, _FOLDER, [language]) is not None


def _(message: str) -> str:
    """The sentence in the language in use; placeholders are still to be filled with `.format()`."""
    return _catalogue.gettext(message) if message else ""  # gettext keeps its own notes under the empty message


def mark(message: str) -> str:
    """A message id to be translated where it is shown, for a sentence that is declared once as data (a field's help): marks it for the catalogue."""
    return message


def ngettext(singular: str, plural: str, n: int) -> str:
    """The sentence for `n` things in the language in use; placeholders are still to be filled with `.format()`."""
    return _catalogue.ngettext(singular, plural, n)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence to be kept: `str()` of it is the sentence in the language in use.

    Attributes:
        id: the gettext message id, English, with `{named}` placeholders.
        params: what fills the placeholders; text and numbers only, so that it can be stored.
        plural: the plural message id, chosen by `params["n"]`; empty where the sentence has no number.
    """

    id: str
    params: Mapping[str, Param] = field(default_factory=dict)
    plural: str = ""

    def __hash__(self) -> int:
        return hash((self.id, self.plural, *sorted(self.params.items())))

    def __str__(self) -> str:
        text = ngettext(self.id, self.plural, int(self.params["n"])) if self.plural else _(self.id)
        return text.format(**self.params) if self.params else text

    def to_json(self) -> str:
        """One line of JSON, for a text column."""
        return json.dumps({"id": self.id, "plural": self.plural, "params": dict(self.params)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Phrase":
        """The inverse of `to_json`. Raises ValueError or KeyError where the text is none of its making."""
        kept = json.loads(text)
        return cls(kept["id"], kept["params"], kept["plural"])


def phrase(message: str, **params: Param) -> Phrase:
    """A sentence to be kept, e.g. `phrase("Imported {file}", file=name)`."""
    return Phrase(message, params)


def phrases(singular: str, plural: str, *, n: int, **params: Param) -> Phrase:
    """A sentence with a number to be kept, e.g. `phrases("{n} member", "{n} members", n=3)`."""
    return Phrase(singular, {"n": n, **params}, plural)
