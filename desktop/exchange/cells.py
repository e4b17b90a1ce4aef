"""What one cell of a table may hold: several values, tags, a word for a status, a label with Google's mark for the preferred one."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from desktop.community.fold import fold, tag_key
from desktop.community.members import MemberKind, MemberStatus

JOINT = ":::"
"""What Google Contacts puts between several values in one cell, with a space on both sides."""

_SYSTEM_GROUPS = frozenset({"mycontacts", "my contacts", "othercontacts"})
_SEVERAL = re.compile(r"\s*(?::::|[;\n])\s*")
_SEVERAL_EMAILS = re.compile(r"\s*(?::::|[;,\s])\s*")
_IN_BRACKETS = re.compile(r".*<([^<>\s]+@[^<>\s]+)>\s*")
_SPACE_BEFORE_QUOTE = re.compile(r'[,;]\s+"')
_LABEL_FORM = re.compile(r"_\$!<(?P<label>.*)>!\$_", re.DOTALL)
_PLAIN_LABELS = frozenset({"home", "work", "mobile", "other", "main", "fax", "pager", "school", "iphone", "cell", "business", "personal"})
_NOTHING = frozenset({"", "-", "--", "—", "n/a", "na", "none", "null", "nil", "#n/a"})

_STATUS_WORDS = {
    word: status
    for status, words in {
        MemberStatus.ACTIVE: "active|current|member|ativo|ativa|aktiv|activo|activa|actif|active patron|subscribed|attivo",
        MemberStatus.PAUSED: "paused|inactive|on hold|dormant|inativo|inativa|em pausa|inaktiv|pausiert|ruhend|inactivo|inactiva|en pausa|inactif|"
        "en pause",
        MemberStatus.FORMER: "former|ex member|left|lapsed|expired|cancelled|canceled|resigned|antigo|antiga|ex membro|saiu|ehemalig|ausgetreten|"
        "antiguo|antigua|baja|ancien|ancienne|former patron|unsubscribed",
    }.items()
    for word in words.split("|")
}
_KIND_WORDS = {
    word: kind
    for kind, words in {
        MemberKind.PERSON: "person|individual|pessoa|persona|personne|contact",
        MemberKind.ORGANIZATION: "organization|organisation|company|organizacao|empresa|firma|verein|organizacion|entreprise|association|household",
    }.items()
    for word in words.split("|")
}


def says_nothing(text: str) -> bool:
    """Whether a cell is a way of writing that there is nothing to write."""
    return text.lower() in _NOTHING


def status_of(text: str) -> MemberStatus | None:
    """The status that a word means, in the languages of common exports; None for others."""
    return _STATUS_WORDS.get(fold(text))


def kind_of(text: str) -> MemberKind | None:
    """The kind that a word means; None for others."""
    return _KIND_WORDS.get(fold(text))


def several(text: str) -> list[str]:
    """The values of a cell that may hold more than one (`a ::: b`, `a; b`)."""
    written = text.strip()
    if written.isprintable() and ";" not in written and JOINT not in written:
        return [written] if written else []
    return [part for part in _SEVERAL.split(written) if part]


def several_emails(text: str) -> list[str]:
    """The e-mail addresses of a cell, out of `Ana <ana@example.org>` too."""
    written = text.strip()
    if "<" in written:
        inside = [found[1] if (found := _IN_BRACKETS.fullmatch(part)) else part for part in re.split(r"(?<=>)\s*[;,]\s*", written)]
        return [part.removeprefix("mailto:") for part in inside if part]
    if written.count("@") < 2:
        return (
            [written.removeprefix("mailto:")] if written else []
        )  # whatever it is, it is one: a space in it is a slip to be shown, not a second one
    return [part.removeprefix("mailto:") for part in _SEVERAL_EMAILS.split(written) if part]


@lru_cache(maxsize=1_000)
def label_of(text: str) -> tuple[str, bool]:
    """A label as people read it, and whether its value is the preferred one: Google's `* Work`, Apple's `_$!<Home>!$_`."""
    label = text.strip()
    preferred = label.startswith("* ") or label == "*"
    label = label.removeprefix("*").strip() if preferred else label
    built_in = _LABEL_FORM.fullmatch(label)
    label = built_in["label"].strip() if built_in else label
    if label.lower() in _PLAIN_LABELS or built_in:
        label = label.lower()
    return {"cell": "mobile", "internet": ""}.get(label.lower(), label), preferred


@lru_cache(maxsize=1_000)
def labels_of(text: str) -> tuple[tuple[str, bool], ...]:
    """The labels of the values in a cell, in their order; at least one."""
    return tuple(label_of(part) for part in text.split(JOINT))


@lru_cache(maxsize=20_000)
def tags_of(text: str) -> tuple[str, ...]:
    """The tags of a cell, whatever is between them: `* myContacts ::: Choir` (Google), `Choir;Board` (Outlook), `\"VIP\",\"Blog\"` (Mailchimp)."""
    written = text.strip()
    if JOINT in written:
        parts = written.split(JOINT)
    else:
        delimiter = "," if written.startswith('"') or ";" not in written else ";"
        parts = list_of(_SPACE_BEFORE_QUOTE.sub(delimiter + '"', written), delimiter)
    return real_tags(parts)


def real_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """The tags without the groups that Google Contacts puts everybody into."""
    plain = [tag.strip().removeprefix("* ").strip() for tag in tags]
    return distinct(tag for tag in plain if tag and tag.lower() not in _SYSTEM_GROUPS)


def distinct(tags: Iterable[str]) -> tuple[str, ...]:
    """The tags in their order, without those that a person would call the same as an earlier one."""
    kept: dict[str, str] = {}
    for tag in tags:
        kept.setdefault(tag_key(tag), tag)
    return tuple(kept.values())


def list_of(text: str, delimiter: str) -> list[str]:
    """A list in a cell, written as a row of CSV: quotes around what holds the delimiter or a quote. The inverse of `list_cell`."""
    if text and text.isprintable() and '"' not in text:
        return text.split(delimiter)
    try:
        return [part for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) for part in row]
    except csv.Error:
        return text.split(delimiter)


def list_cell(values: Sequence[str]) -> str:
    """Several texts in one cell: `Choir;Board`."""
    if not values:
        return ""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerow(values)
    return out.getvalue().removesuffix("\r\n")
