"""Writing chosen members to a file, as a table or as vCards."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop.actions.importing import Progress, unheard
from desktop.actions.members import CARD_SUFFIXES, CSV_SUFFIX, is_cards
from desktop.community.errors import Refused
from desktop.community.members import Member
from desktop.exchange.member_csv import write_members
from desktop.exchange.vcard_write import write_cards
from desktop.store import files, members
from desktop.store.database import Store
from resources.translations import phrase


def export_chosen(store: Store, path: Path, numbers: Sequence[int], progress: Progress = unheard) -> int:
    """Write the members with these local numbers, in this order, to a CSV or vCard file, by its name. Gives how many."""
    if path.suffix.lower() not in (CSV_SUFFIX, *CARD_SUFFIXES):
        raise Refused(phrase("Say by the name what it is to be: members.csv for a table, members.vcf for vCards."))
    found = list(_every(store, numbers, progress))
    if is_cards(path):
        write_cards(path, ((member, files.content(store, member.photo) if member.photo else None) for member in found))
    else:
        write_members(path, found)
    return len(found)


def _every(store: Store, numbers: Sequence[int], progress: Progress) -> Iterator[Member]:
    for start in range(0, len(numbers), members.PAGE):
        progress(start, len(numbers))
        yield from members.by_pk(store, numbers[start : start + members.PAGE])
