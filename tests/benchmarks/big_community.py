"""The big community of figures.md, from a seed: its people and events as values, and its members as a CSV file. The community file is in `big_file`.

The vocabulary is the worst case of a search: a few dozen common names. Its pictures are tiny and there are 64 of them; every second member has one.
Instants are anchored at the start of this month (UTC), so that a kept file stays right for weeks.
"""

import csv
import random
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from desktop.community.events import Event
from desktop.community.members import Birthday, ContactKind, ContactPoint, Member

GIVEN = [
    "Ana",
    "Maria",
    "João",
    "José",
    "António",
    "Luís",
    "Paulo",
    "Pedro",
    "Rui",
    "Miguel",
    "Carlos",
    "Manuel",
    "Inês",
    "Sofia",
    "Teresa",
    "Marta",
    "Rita",
    "Joana",
    "Catarina",
    "Isabel",
    "Helena",
    "Clara",
    "Lúcia",
    "Hugo",
    "Tiago",
    "Nuno",
    "Diogo",
    "André",
    "Bruno",
    "Filipe",
]
FAMILY = [
    "Silva",
    "Santos",
    "Ferreira",
    "Pereira",
    "Oliveira",
    "Costa",
    "Rodrigues",
    "Martins",
    "Sousa",
    "Fernandes",
    "Gonçalves",
    "Gomes",
    "Lopes",
    "Marques",
    "Alves",
    "Almeida",
    "Ribeiro",
    "Pinto",
]
TAGS = [
    "Choir",
    "Board",
    "Volunteers",
    "Newsletter",
    "Youth",
    "Seniors",
    "Parents",
    "Kitchen",
    "Library",
    "Football",
    "Chess",
    "Garden",
    "Theatre",
    "Welcome",
    "Donors",
    "Drivers",
    "First-aid",
    "Music",
    "Weekend",
    "Online",
]
FIELDS = ("Member number", "Instrument", "Allergies", "Emergency contact", "T-shirt")
INSTRUMENTS = ("Piano", "Guitar", "Violin", "Drums", "Voice")
ALLERGIES = ("none known", "nuts", "milk", "pollen", "bees")
SIZES = ("S", "M", "L", "XL")
TITLES = ("Choir rehearsal", "Board meeting", "Football training", "Open evening", "Garden morning", "Chess night", "Parents' circle", "Kitchen duty")
PLACES = ("Community hall", "Library", "Sports ground", "Room 2")
ZONE = "Europe/Lisbon"
PICTURES = 64
CHANNELS = 200
CHANNELS_OF_ONE = 10
_KIND = {0: "DAILY", 1: "WEEKLY", 2: "WEEKLY", 3: "WEEKLY", 4: "WEEKLY", 5: "MONTHLY", 6: "MONTHLY", 7: "YEARLY"}


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything there is."""

    members: int = 100_000
    events: int = 10_000
    series: int = 1_000
    deliveries: int = 50_000
    later: int = 10_000

    def scaled(self, scale: float) -> "Size":
        """So many times as much, but at least a few of each."""
        sizes = (max(10, round(number * scale)) for number in (self.members, self.events, self.series, self.deliveries, self.later))
        return Size(*sizes)


def anchor(now: datetime) -> datetime:
    """The start of the month (UTC) that everything is counted from."""
    return now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def picture(number: int) -> bytes:
    """A PNG of one pixel; its colour is its number."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")

    pixel = zlib.compress(bytes((0, number & 255, number >> 8 & 255, 128)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes.fromhex("00000001000000010802000000")) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")


def people(count: int, seed: int) -> Iterator[Member]:
    """The members, without photos."""
    chance = random.Random(f"members {seed}")
    for number in range(count):
        given, second = chance.choice(GIVEN), chance.choice(FAMILY)
        family = f"{second} {chance.choice(FAMILY)}"
        address = f"{given}.{second}{number}@example.org".translate(_ASCII).lower()
        fields = (
            f"M-{number:06d}",
            f"{chance.choice(INSTRUMENTS)}, {chance.randrange(1, 20)} years",
            chance.choice(ALLERGIES),
            f"{chance.choice(GIVEN)} {second}",
            chance.choice(SIZES),
        )
        yield Member(
            name=f"{given} {family}",
            given=given,
            family=family,
            birthday=Birthday(chance.randrange(1, 13), chance.randrange(1, 29), chance.randrange(1940, 2015)),
            joined=date(2005, 1, 1) + timedelta(days=chance.randrange(7000)),
            fields=dict(zip(FIELDS, fields, strict=True)),
            contact_points=(
                ContactPoint(ContactKind.EMAIL, address, "home", True),
                ContactPoint(ContactKind.PHONE, f"+3519{chance.choice('1236')}{number % 10_000_000:07d}", "mobile"),
            ),
            tags=tuple(sorted(chance.sample(TAGS, 4))),  # programs list them in one order
        )


_ASCII = str.maketrans("ãáâçéêíóôõú", "aaaceeiooou")


def gatherings(size: Size, seed: int, first: datetime) -> Iterator[Event]:
    """The events, the series among the rest: half of those weekly, a quarter monthly, the others daily and yearly, each over ten years."""
    chance = random.Random(f"events {seed}")
    start_of_all = first.replace(tzinfo=None) - timedelta(days=5 * 365)
    for number in range(size.events):
        start = start_of_all + timedelta(days=chance.randrange(10 * 365), hours=chance.randrange(8, 21))
        rule = ""
        if number < size.series:
            start = start_of_all + timedelta(days=chance.randrange(28), hours=chance.randrange(8, 21))
            frequency = _KIND[number % 8]
            until = start.replace(year=start.year + 10)
            rule = f"FREQ={frequency};UNTIL={until:%Y%m%dT%H%M%S}Z"
        yield Event(
            f"{chance.choice(TITLES)} {number}",
            start,
            start + timedelta(hours=2),
            ZONE,
            chance.choice(PLACES),
            "Bring what you need. Everybody is welcome.",
            rrule=rule,
            uid=f"{number}-{seed}@benchmark.example",
        )


def write_csv(path: Path, count: int, seed: int) -> None:
    """The members as a table of another program: e-mail, phone, tags and the fields, under headers that people use."""
    headers = ("First name", "Last name", "E-mail", "Phone", "Tags", "Birthday", "Joined", *FIELDS)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(headers)
        for one in people(count, seed):
            ways = [way.value for way in one.contact_points]
            writer.writerow([one.given, one.family, *ways, ";".join(one.tags), str(one.birthday), str(one.joined), *one.fields.values()])
