"""People from the clipboard: what was pasted, who of them is there already, and adding the others as one operation."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop.actions import member_edits
from desktop.community.fold import sort_key
from desktop.community.members import ContactPoint, Member
from desktop.exchange.pasted import PastedPerson, Shape, people, shape, unnamed
from desktop.store import member_lists
from desktop.store.database import Store
from resources.translations import Phrase, phrase

__all__ = ["Candidate", "Pasted", "Shape", "add", "as_file", "look"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who was pasted.

    Attributes:
        there: somebody with this number, address or name is a member already.
        doubt: what speaks against adding them without a look; None where nothing does.
    """

    person: PastedPerson
    there: bool
    doubt: Phrase | None


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was pasted.

    Attributes:
        shape: a table and vCards are imported as files; see `as_file`.
        candidates: the people of a list.
        unnamed: how many more the list only counts, without naming them.
    """

    shape: Shape
    candidates: tuple[Candidate, ...] = ()
    unnamed: int = 0


def look(store: Store, text: str) -> Pasted:
    """See what a pasted text is; changes nothing."""
    found = shape(text)
    if found is not Shape.PEOPLE:
        return Pasted(found)
    listed = people(text, store.setting("country"))
    values, names = member_lists.reached_by(store), member_lists.sort_keys(store)
    return Pasted(found, tuple(_candidate(person, values, names) for person in listed), unnamed(text, listed))


def add(store: Store, chosen: Iterable[Candidate]) -> int:
    """Make members of these, as one operation. Gives how many."""
    return member_edits.add_all(store, [_member(candidate.person) for candidate in chosen])


def as_file(store: Store, text: str, found: Shape) -> Path:
    """Write a pasted table or vCards beside the community file, to be imported and then deleted by the caller."""
    path = store.path.with_name(f".belfry-pasted{'.vcf' if found is Shape.CARDS else '.tsv'}")
    path.touch(mode=0o600)
    path.write_text(text, "utf-8")
    return path


def _candidate(person: PastedPerson, values: set[str], names: set[str]) -> Candidate:
    there = person.value in values if person.value else sort_key(person.name) in names
    doubt = None
    if person.away:
        doubt = phrase("Stands under those who do not come.")
    elif person.sentence:
        doubt = phrase("Reads like a sentence, not like a name.")
    elif person.title:
        doubt = phrase("Stands above the list, without a number.")
    elif person.nameless:
        doubt = phrase("Only the number or address is known.")
    elif not there and person.value and sort_key(person.name) in names:
        doubt = phrase("Somebody of this name is a member already.")
    return Candidate(person, there, doubt)


def _member(person: PastedPerson) -> Member:
    ways = (ContactPoint(person.way, person.value),) if person.way else ()
    return Member(person.name, contact_points=ways)
