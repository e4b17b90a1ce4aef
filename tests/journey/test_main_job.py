"""The main job, word for word as the README tells it, by processes from a fresh data folder, with real files and a Telegram over real HTTP.

What differs from the README is named in `_altered`: the bot's server, where the secrets are kept, and the id of a delivery.
"""

import json
import shutil
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from helpers import readme
from helpers.clock import START
from helpers.command import ROOT, Belfry, Running, Said
from helpers.telegram_server import Posted, TelegramServer

GROUP = -1001234567890
LISBON = ZoneInfo("Europe/Lisbon")
AHEAD = timedelta(seconds=15)
"""From the writing of a calendar to the moment one day before its next event: long enough for the commands in between. On a busy machine the
announcement is made after its moment, and then goes out at once."""

CALENDAR = """\
BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:PUBLISH
X-WR-CALNAME:Choir of the Quarter
X-WR-TIMEZONE:Europe/Lisbon
BEGIN:VTIMEZONE
TZID:Europe/Lisbon
X-LIC-LOCATION:Europe/Lisbon
BEGIN:DAYLIGHT
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:WEST
DTSTART:19700329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:WET
DTSTART:19701025T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
DTSTART:{start}
DTEND:{end}
DTSTAMP:20261123T120000Z
UID:{uid}@google.com
CREATED:20260901T101500Z
DESCRIPTION:Bring the blue folder.\\nDoors open ten minutes before.
LAST-MODIFIED:20260901T101500Z
LOCATION:Escola Básica\\, Rua da Graça 12\\, Lisboa
SEQUENCE:0
STATUS:CONFIRMED
SUMMARY:{title}
TRANSP:OPAQUE
END:VEVENT
BEGIN:VEVENT
DTSTART;TZID=Europe/Lisbon:20260907T183000
DTEND;TZID=Europe/Lisbon:20260907T203000
RRULE:FREQ=WEEKLY;BYDAY=MO
EXDATE;TZID=Europe/Lisbon:20261228T183000
DTSTAMP:20261123T120000Z
UID:voice-training-{uid}@google.com
SUMMARY:Voice training
STATUS:CONFIRMED
END:VEVENT
END:VCALENDAR
"""


def a_day_after(moment: datetime) -> datetime:
    """The same wall time in Lisbon, a day later: what "1d" means, also where the clocks are changed in between."""
    wall = moment.astimezone(LISBON).replace(tzinfo=None) + timedelta(days=1)
    return wall.replace(tzinfo=LISBON).astimezone(UTC)


def write_calendar(path: Path, title: str, start: datetime) -> None:
    """A calendar as Google exports it: one event that begins at `start` (UTC), and a weekly series."""
    stamp = "%Y%m%dT%H%M%SZ"
    uid = f"7k{abs(hash((title, start))):x}"
    text = CALENDAR.format(title=title, start=f"{start:{stamp}}", end=f"{start + timedelta(hours=2):{stamp}}", uid=uid)
    path.write_bytes(text.replace("\n", "\r\n").encode())


@dataclass(slots=True)
class Journey:
    """A person who follows the README.

    Attributes:
        due: when the announcement is due, UTC; known once the calendar is imported.
        said: what each command of the README came to, in order; for the sender, None.
    """

    belfry: Belfry
    telegram: TelegramServer
    due: datetime = START
    said: list[tuple[list[str], Said | None]] = field(default_factory=list)

    def follow(self, commands: Sequence[list[str]]) -> None:
        """Type these commands."""
        for command in commands:
            if command[:2] == ["events", "import"]:
                self.due = (datetime.now(UTC) + AHEAD).replace(microsecond=0)
                write_calendar(self.belfry.home / command[2], "Choir rehearsal", a_day_after(self.due))
            altered, stdin = self._altered(command)
            self.said.append((command, self.belfry(*altered, stdin=stdin)))

    def _altered(self, command: list[str]) -> tuple[list[str], str]:
        """A command of the README with what can't stand there, and what is typed into it."""
        if command[:3] == ["connections", "add", "telegram"]:
            return [*command, "--set", f"server={self.telegram.url}", "--vault", "file"], self.telegram.token + "\n"
        if command[:2] in (["deliveries", "show"], ["deliveries", "settle"]):
            waiting = json.loads(self.belfry("deliveries", "list", "--state", "waiting", "--format", "json").out)
            by_hand = [row["Id"] for row in waiting] or [self.settled]
            self.settled = by_hand[0]
            return [*command[:2], by_hand[0][:8], *command[3:]], ""
        return command, ""

    settled: str = ""

    def of(self, *words: str) -> Said:
        """What the last command that begins with these words came to."""
        return [said for command, said in self.said if said and command[: len(words)] == list(words)][-1]


@pytest.fixture(scope="module")
def telegram() -> Iterator[TelegramServer]:
    with TelegramServer() as server:
        server.add_group("Choir of the Quarter", GROUP)
        yield server


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory, telegram: TelegramServer) -> Journey:
    """A fresh computer with the person's files on it, and the README followed up to the sender."""
    home = tmp_path_factory.mktemp("home")
    shutil.copy(ROOT / "tests/files/members/google-contacts.csv", home / "contacts.csv")
    shutil.copy(ROOT / "tests/files/cards/iphone.vcf", home / "phone.vcf")
    made = Journey(Belfry(home, home / "data"), telegram)
    commands = readme.belfry_commands()
    made.follow(commands[: commands.index(["send"])])
    return made


def until_it_sends(journey: Journey, sender: Running) -> None:
    """Wait until this sender is the one that sends: then another says so and leaves it at that."""
    sender.wait_for(lambda now: any("Ctrl+C" in line for line in now.err))
    sender.wait_for(lambda now: "sends already" in journey.belfry("send", "--once").out)


def arrived(telegram: TelegramServer, text: str) -> list[Posted]:
    return [posted for posted in telegram.posted(GROUP) if text in posted.text]


def test_the_readme_followed_word_for_word_brings_the_announcement_to_the_group_in_its_minute(journey: Journey, telegram: TelegramServer) -> None:
    text = "Rehearsal tomorrow at 18:00. Bring the new scores!"
    with journey.belfry.running("send") as sender:
        assert telegram.wait_for(lambda now: bool(arrived(now, "Rehearsal")), AHEAD.total_seconds() + 60)
        sender.wait_for(lambda now: any("Choir on WhatsApp: waiting" in line for line in now.out))
        sender.wait_for(lambda now: any("Choir group: sent" in line for line in now.out))
        ended = sender.end(signal.SIGINT)

    (message,) = arrived(telegram, "Rehearsal")
    assert message.text == text
    assert [(entity.type, entity.offset, entity.length) for entity in message.entities] == [("bold", 0, len("Rehearsal tomorrow"))]
    assert 0 <= message.at - journey.due.timestamp() < 60
    assert ended.status == 0, ended
    assert "1 sent, 1 waiting." in ended.out

    commands = readme.belfry_commands()
    journey.follow(commands[commands.index(["send"]) + 1 :])
    assert "*Rehearsal tomorrow* at 18:00. Bring the new scores!" in journey.of("deliveries", "show").out
    assert "is now sent" in journey.of("deliveries", "settle").out
    assert journey.belfry("send", "--once").out == "0 sent.\n"
    assert len(arrived(telegram, "Rehearsal")) == 1


def test_every_step_of_the_readme_says_what_the_person_needs_for_the_next(journey: Journey) -> None:
    people = journey.belfry("members", "list", "--format", "json")
    names = [row["Name"] for row in json.loads(people.out)]

    assert "4 members would be added" in journey.of("members", "import", "contacts.csv", "--dry-run").out
    assert "Added 4 members" in journey.of("members", "import", "contacts.csv").out
    assert "Ana" in journey.of("members", "list").out
    assert {"Padaria São João", "Ana Maria Silva"} <= set(names)
    assert "Choir rehearsal" in journey.of("events", "list").out
    assert "works" in journey.of("connections", "check").out
    assert str(GROUP) in journey.of("connections", "targets").out
    assert "Choir group" in journey.of("announce").out


def test_no_command_of_the_readme_is_left_out() -> None:
    typed = {tuple(line.split()[:2]) for line in readme.lines() if line.startswith("belfry")}
    known = {"new", "members", "events", "connections", "channels", "announce", "send", "deliveries"}

    assert {command for _, command in typed} == known
    assert {line.split()[0] for line in readme.lines()} == {"belfry", "python3", "alias"}
    assert [line.split()[:3] for line in readme.lines() if line.startswith("python3")] == [
        ["python3", "packaging/dev.py", "run"],
        ["python3", "packaging/dev.py", "test"],
    ]


def test_given_a_laptop_asleep_over_the_moment_then_the_message_goes_out_once_when_it_wakes(journey: Journey, telegram: TelegramServer) -> None:
    belfry = journey.belfry
    due = (datetime.now(UTC) + timedelta(seconds=20)).replace(microsecond=0)
    write_calendar(belfry.home / "concert.ics", "Advent concert", a_day_after(due))
    belfry("events", "import", "concert.ics")
    belfry("announce", "Doors at seven.", "--to", "Choir group", "--event", "Advent concert", "--before", "1d")

    with belfry.running("send") as sender:
        until_it_sends(journey, sender)
        sender.process.send_signal(signal.SIGSTOP)
        asleep_from = time.time()
        sender.wait_for(lambda _: time.time() > due.timestamp() + 3, 60)
        assert asleep_from < due.timestamp(), "the machine was too slow: the sender was not asleep in time"
        assert arrived(telegram, "Doors") == []
        woken = time.time()
        sender.process.send_signal(signal.SIGCONT)
        assert telegram.wait_for(lambda now: bool(arrived(now, "Doors")), 30)
        sender.wait_for(lambda now: any("Choir group: sent" in line for line in now.out))
        ended = sender.end(signal.SIGTERM)

    (message,) = arrived(telegram, "Doors")
    assert message.text == "Doors at seven."
    assert 0 <= message.at - woken <= 30
    assert ended.status == 0
