"""Arbitrary members and events for hypothesis: the values that the store may hold, with the characters that break file formats made likely."""

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from desktop.community import phones
from desktop.community.events import Event, EventStatus
from desktop.community.fold import fold
from desktop.community.members import Birthday, ContactKind, ContactPoint, Member, MemberKind, MemberStatus, PostalAddress

COUNTRY = "PT"

_NASTY = st.sampled_from(
    [*"=+-@'\"\t\r\n;,:\\|^&<>()[]% ", "'=", "''+", "\r\n", "::: ", "* ", "é", "小", "ß", "🎉", "\u2028", "\x85", "\x0b", "=0D", "\ufeff"]
)
_ANY = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
TEXT = st.lists(_NASTY | _ANY, max_size=12).map("".join)
"""Any text, as it may stand in notes."""
LINE = TEXT.map(lambda text: " ".join(text.split()))
"""Text without line ends or spaces around it, as the parts of names are."""
NAME = LINE.filter(lambda text: bool(text))

_EMAILS = st.sampled_from(
    ["ana@example.org", "Ana.Silva+x@example.com", "o_b@sub.example.net", "josé@exämple.org", "=x@example.org", "'a@example.org"]
)
_PHONES = st.sampled_from(["+351912345678", "+12065550123", "+4930901820", "112", "ask Rui", "+351213467890 ext. 3"]).map(
    lambda n: phones.normalised(n, COUNTRY)
)
_LABELS = st.sampled_from(["", "home", "work", "mobile", "fax", "work fax", "other"]) | NAME


def _ways() -> st.SearchStrategy[ContactPoint]:
    def way(kind: ContactKind, values: st.SearchStrategy[str]) -> st.SearchStrategy[ContactPoint]:
        return st.builds(ContactPoint, kind=st.just(kind), value=values, label=_LABELS, preferred=st.booleans())

    postal = st.builds(PostalAddress, *[LINE] * 7).filter(lambda address: bool(address.formatted()) or bool(address.po_box))
    address = postal.flatmap(
        lambda parts: st.builds(
            ContactPoint,
            kind=st.just(ContactKind.POSTAL),
            value=st.just(parts.formatted()) | NAME,
            label=_LABELS,
            preferred=st.booleans(),
            postal=st.just(parts),
        )
    )
    handles = [way(kind, NAME) for kind in (ContactKind.DISCORD, ContactKind.WEBSITE)]
    return st.one_of(
        way(ContactKind.EMAIL, _EMAILS),
        way(ContactKind.PHONE, _PHONES),
        way(ContactKind.TELEGRAM, st.sampled_from(["@ana_silva", "+351912345678"])),
        way(ContactKind.WHATSAPP, st.just("+351912345678")),
        way(ContactKind.MATRIX, st.just("@ana:example.org")),
        *handles,
        address,
        way(ContactKind.POSTAL, st.lists(NAME, min_size=1, max_size=3).map("\n".join)),
    )


def _birthday(month: int, day: int, year: int | None) -> Birthday | None:
    try:
        return Birthday(month, day, year)
    except ValueError:
        return None


BIRTHDAYS = st.builds(_birthday, st.integers(1, 12), st.integers(1, 31), st.none() | st.integers(1605, 2030))
DATES = st.dates(date(1900, 1, 1), date(2100, 1, 1))
TAGS = st.lists(NAME, max_size=3, unique_by=lambda tag: fold(tag) or tag).map(tuple)


def members() -> st.SearchStrategy[Member]:
    """Members as the store may hold them, without a photo."""
    return st.builds(
        Member,
        name=NAME,
        kind=st.sampled_from(MemberKind),
        prefix=LINE,
        given=LINE,
        additional=LINE,
        family=LINE,
        suffix=LINE,
        nickname=LINE,
        organization=LINE,
        title=LINE,
        birthday=BIRTHDAYS,
        joined=st.none() | DATES,
        status=st.sampled_from(MemberStatus),
        language=LINE,
        notes=TEXT,
        fields=st.dictionaries(TEXT | st.sampled_from(["Name", "Field: x", "E-mail 1 - Value", "", "Name (2)"]), TEXT.filter(bool), max_size=3),
        contact_points=st.lists(_ways(), max_size=4).map(tuple),
        tags=TAGS,
        id=st.sampled_from(["", "01936d2e-0000-7000-8000-000000000001"]),
    ).filter(lambda member: member.kind is MemberKind.PERSON or member.organization != member.name)


def by_kind(member: Member) -> list[ContactPoint]:
    """The ways to reach a member in the order of kinds; within a kind in their own."""
    return sorted(member.contact_points, key=lambda way: list(ContactKind).index(way.kind))


_ZONES = st.sampled_from(["Europe/Lisbon", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"])
_WALLS = st.datetimes(datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2037-01-01")).map(
    lambda wall: wall.replace(microsecond=0, fold=0)
)
_RULES = st.sampled_from(["", "FREQ=WEEKLY;BYDAY=TU", "FREQ=MONTHLY;BYDAY=1SA;COUNT=5", "FREQ=YEARLY", "FREQ=DAILY;INTERVAL=2;UNTIL=20371231"])


def events() -> st.SearchStrategy[Event]:
    """Single events and series."""
    timed = st.builds(_timed, _WALLS, st.integers(0, 100_000), _ZONES | st.just(""), st.lists(_WALLS, max_size=2), st.lists(_WALLS, max_size=2))
    days = st.builds(_days, DATES, st.integers(1, 20), st.lists(DATES, max_size=2), st.lists(DATES, max_size=2))
    return st.builds(_with_words, timed | days, NAME, LINE, TEXT, st.sampled_from(EventStatus), _RULES, st.uuids().map(str))


def _timed(start: datetime, minutes: int, zone: str, rdates: list[datetime], exdates: list[datetime]) -> Event:
    return Event("-", start, start + timedelta(minutes=minutes), zone, rdates=tuple(rdates), exdates=tuple(exdates))


def _days(start: date, days: int, rdates: list[date], exdates: list[date]) -> Event:
    return Event("-", start, start + timedelta(days=days), rdates=tuple(rdates), exdates=tuple(exdates))


def _with_words(event: Event, title: str, place: str, description: str, status: EventStatus, rule: str, uid: str) -> Event:
    return Event(
        title,
        event.start,
        event.end,
        event.zone,
        place=place,
        description=description,
        status=status,
        rrule=rule,
        rdates=tuple(dict.fromkeys(event.rdates)) if rule else (),
        exdates=tuple(dict.fromkeys(event.exdates)) if rule else (),
        uid=uid,
    )
