"""Adding, editing, deleting and tagging members, one by one or many at once; each is one operation with a name for the Undo menu."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from desktop.actions.importing import Progress, Stopped, unheard
from desktop.community import addresses, handles, phones
from desktop.community.errors import Refused, Trouble
from desktop.community.fold import fold
from desktop.community.members import Birthday, ContactKind, ContactPoint, Member
from desktop.exchange import dates
from desktop.store import bulk, files, member_tags, members
from desktop.store.database import Store
from desktop.store.journal import operation
from desktop.store.undo import Done, history_of
from resources.translations import phrase, phrases

LARGEST_PHOTO = 20_000_000  # bytes


def add(store: Store, member: Member) -> str:
    """Keep a new member; gives its id. Raises Refused without a name."""
    checked = _checked(store, member)
    with operation(store, phrase("Added {name}", name=checked.name)) as op:
        return members.add(op, checked)


def add_all(store: Store, people: Sequence[Member]) -> int:
    """Keep new members as one operation; gives how many."""
    checked = [_checked(store, member) for member in people]
    if checked:
        with operation(store, phrases("Added {n} member", "Added {n} members", n=len(checked))) as op:
            for member in checked:
                members.add(op, member)
    return len(checked)


def change(store: Store, member: Member) -> Member:
    """Make the member with this id what the value says; gives it as it was kept. Raises Refused for what can't be."""
    checked = _checked(store, member)
    with operation(store, phrase("Edited {name}", name=checked.name)) as op:
        members.change(op, checked)
    return members.get(store, checked.id)


def delete(store: Store, ids: Sequence[str], progress: Progress = unheard) -> int:
    """Take members out of the lists; undo brings them back. Gives how many."""
    if len(ids) == 1:
        with operation(store, phrase("Deleted {name}", name=members.get(store, ids[0]).name)) as op:
            members.delete(op, ids[0])
        return 1
    with _stoppable(store, progress) as heard, operation(store, phrases("Deleted {n} member", "Deleted {n} members", n=len(ids))) as op:
        return members.delete_all(op, ids, heard)


def tag(store: Store, ids: Sequence[str], text: str, progress: Progress = unheard) -> int:
    """Give members a tag; who has it already keeps it as it is. Gives how many got it. Raises Refused for an empty tag."""
    tidy = _tidy_tag(text)
    with (
        _stoppable(store, progress) as heard,
        operation(store, phrases("Tagged {n} member “{tag}”", "Tagged {n} members “{tag}”", n=len(ids), tag=tidy)) as op,
    ):
        return member_tags.give(op, ids, tidy, heard)


def untag(store: Store, ids: Sequence[str], text: str, progress: Progress = unheard) -> int:
    """Take a tag off members. Gives how many had it."""
    name = phrases("Took “{tag}” off {n} member", "Took “{tag}” off {n} members", n=len(ids), tag=text)
    with _stoppable(store, progress) as heard, operation(store, name) as op:
        return member_tags.take(op, ids, text, heard)


def set_photo(store: Store, member_id: str, path: Path) -> None:
    """Give a member the picture in a file. Raises Refused for what is no picture, Trouble where it can't be read."""
    try:
        if path.stat().st_size > LARGEST_PHOTO:
            raise Refused(phrase("{file} is larger than 20 MB. Choose a smaller picture.", file=path.name))
        content = path.read_bytes()
    except OSError as error:
        raise Trouble(phrase("{file} can't be read: {error}.", file=str(path), error=error.strerror or "")) from error
    media_type = files.media_type_of(content)
    if not media_type.startswith("image/"):
        raise Refused(phrase("{file} is no photo. Photos are JPEG, PNG, GIF or WebP.", file=path.name))
    member = members.get(store, member_id)
    with operation(store, phrase("Gave {name} a photo", name=member.name)) as op:
        members.change(op, replace(member, photo=files.keep(op.conn, content, media_type)))


def remove_photo(store: Store, member_id: str) -> None:
    """Show initials again."""
    member = members.get(store, member_id)
    with operation(store, phrase("Removed the photo of {name}", name=member.name)) as op:
        members.change(op, replace(member, photo=""))


def history(store: Store, member_id: str) -> list[Done]:
    """What was done to a member and what belongs to it, the newest first."""
    return history_of(store, member_id)


def birthday_from(store: Store, text: str) -> Birthday | None:
    """A birthday as a person writes it (`10 Dec`, `10.12.1980`); None for nothing. Raises Refused."""
    written = text.strip()
    if not written:
        return None
    try:
        return dates.birthday_of(written, dates.usual_order(store.setting("country")))
    except ValueError:
        raise Refused(phrase("“{text}” is no date. Write it as in 10 Dec 1980, or 10 Dec without the year.", text=written)) from None


def day_from(store: Store, text: str) -> date | None:
    """A day as a person writes it; None for nothing. Raises Refused."""
    written = text.strip()
    if not written:
        return None
    try:
        return dates.day_of(written, dates.usual_order(store.setting("country")))
    except ValueError:
        raise Refused(phrase("“{text}” is no date. Write it as in 6 Dec 2026.", text=written)) from None


def way_from(store: Store, kind: ContactKind, text: str, way: ContactPoint | None = None) -> ContactPoint:
    """A way to reach somebody as a person writes it, in the form that is kept. Raises Refused for what can't be an address."""
    written = text.strip()
    country = store.setting("country")
    match kind:
        case ContactKind.EMAIL:
            value = addresses.normalised(written)
            if value is None:
                raise Refused(phrase("“{text}” is no e-mail address.", text=written))
        case ContactKind.PHONE:
            value = phones.normalised(written, country)
            if not re.search(r"\d", value):
                raise Refused(phrase("“{text}” is no phone number.", text=written))
        case _:
            value = handles.normalised(kind, written, country)
    if not value:
        raise Refused(phrase("Write the address first."))
    return replace(way, kind=kind, value=value, postal=None) if way else ContactPoint(kind, value)


def kind_of(text: str) -> ContactKind:
    """What a way to reach somebody is, told from how it is written: an e-mail address, a number, a page; else Telegram for `@name`."""
    written = text.strip()
    if addresses.normalised(written) is not None and not written.startswith("@"):
        return ContactKind.EMAIL
    if re.fullmatch(r"[+(]?\d[\d\s()./-]{4,}", written):
        return ContactKind.PHONE
    if "://" in written or re.match(r"(?:www\.|t\.me/|wa\.me/|matrix\.to/)", written):
        return handles.kind_of_address(written)
    if re.fullmatch(r"@\w+", written):
        return ContactKind.TELEGRAM
    return handles.kind_of_address(written) if written.startswith("@") else ContactKind.POSTAL


@contextmanager
def _stoppable(store: Store, progress: Progress) -> Iterator[Progress]:
    """Listen to the person also in the middle of a long statement, and while the search follows. What is stopped here is no import."""
    last = (0, 0)

    def heard(done: int, total: int) -> None:
        nonlocal last
        last = (done, total)
        progress(done, total)

    try:
        with bulk.interruptible(store.conn, lambda: progress(*last)):
            yield heard
    except Stopped:
        raise Stopped(phrase("Stopped. Nothing was changed.")) from None


def _checked(store: Store, member: Member) -> Member:
    name = " ".join(member.name.split())
    if not name:
        raise Refused(phrase("A member needs a name; one is enough."))
    tags: dict[str, str] = {}
    for one in member.tags:
        tidy = _tidy_tag(one)
        tags.setdefault(fold(tidy) or tidy, tidy)
    return replace(member, name=name, tags=tuple(tags.values()))


def _tidy_tag(text: str) -> str:
    tidy = " ".join(text.replace(",", " ").split())
    if not tidy:
        raise Refused(phrase("Write the tag first."))
    return tidy
