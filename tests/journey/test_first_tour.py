"""“A first tour in the window” of the README, from an empty computer to a message that is in its groups: once with the mouse, once by keyboard alone.

All of it is the program itself: its session, its engine thread, its file of secrets. Only Telegram is one on loopback
(tests/helpers/telegram_server.py), the browser notes what it is to open, and the system's dialog for files answers at once. The hands know what a
person sees: names (tests/helpers/hands.py).
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.actions import telegram_setup
from desktop.community.deliveries import State
from desktop.community.members import Member
from desktop.store import connections, events, ledger, members, planning
from desktop.store.database import Store
from desktop.ui.pages import PAGES
from desktop.ui.pages.calendar.month_grid import MonthGrid
from desktop.ui.warming import load
from helpers.hands import CONTROL, Hands, Key, Keyboard, Mouse, name_of
from helpers.telegram_server import TelegramServer
from helpers.tour import Computer, computer
from helpers.watchdog import LIMIT, WatchedApplication

TABLE = "Name,E-mail,Voice\nAna Silva,ana@example.org,Alto\nRui Costa,rui@example.org,Bass\nInes Lopes,ines@example.org,Soprano\n"
LIST = "1. Joana Reis\n2. Hugo Pinto"
CALENDAR = """\
BEGIN:VCALENDAR
PRODID:-//Example//Calendar//EN
VERSION:2.0
BEGIN:VEVENT
DTSTART;TZID=Europe/Lisbon:20260907T183000
DTEND;TZID=Europe/Lisbon:20260907T203000
RRULE:FREQ=WEEKLY;BYDAY=MO
DTSTAMP:20260901T120000Z
UID:voice-training@example.org
SUMMARY:Voice training
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    with TelegramServer() as server:
        yield server


@pytest.fixture
def here(
    qapp: WatchedApplication, tmp_path: Path, telegram: TelegramServer, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Computer]:
    """A computer with the files of a choir on it."""
    load(PAGES)
    qapp.gaps.clear()
    monkeypatch.setattr(telegram_setup, "EACH", 0.2)  # seconds between two looks for groups
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "people.csv").write_text(TABLE, "utf-8")
    (tmp_path / "calendar.ics").write_bytes(CALENDAR.replace("\n", "\r\n").encode())
    with computer(qapp, tmp_path, telegram) as made:
        yield made
    gaps, qapp.gaps = list(qapp.gaps), []
    request.node.user_properties.extend(("ui_gap", str(gap)) for gap in gaps)
    assert not [str(gap) for gap in gaps if gap.seconds > LIMIT]


@pytest.fixture(params=[Mouse, Keyboard])
def hands(request: pytest.FixtureRequest, qtbot: QtBot) -> Hands:
    made = request.param(qtbot)
    assert isinstance(made, Hands)
    return made


def test_given_an_empty_computer_when_the_first_tour_is_gone_then_the_message_is_in_its_groups(hands: Hands, here: Computer) -> None:
    begin(hands, here)
    bring_people(hands, here)
    look_after_people(hands, here)
    fill_the_calendar(hands, here)
    connect_telegram(hands, here)
    add_a_group_by_hand(hands, here)
    write_and_try(hands, here)
    send_and_take_back(hands, here)
    set_the_grace_time(hands, here)
    send(hands, here)
    post_by_hand(hands, here)
    see_the_log(hands, here)
    quit_belfry(hands, here)


def begin(hands: Hands, here: Computer) -> None:
    """Start fresh."""
    here.session.open(here.program.community)
    hands.wait(lambda: hands.there("Name of the community"))
    hands.to("Name of the community")
    hands.spell("Riverside Choir")
    hands.press("Begin")
    hands.wait(lambda: here.session.window is not None and hands.front() is here.window)
    with here.store() as store:
        assert store.setting("name") == "Riverside Choir"
        assert store.setting("zone")


def bring_people(hands: Hands, here: Computer) -> None:
    """From a table, with the mapping and what would come of it seen first; then pasted out of a chat."""
    hands.go("Members")
    here.files.answers.append(here.folder / "people.csv")
    hands.press("Import from a file …")
    hands.wait(lambda: hands.there("Import 3 members"))
    assert hands.sees("3 are new.")
    hands.wait(lambda: hands.sees("ana@example.org"))
    hands.choose("What the column Voice becomes", "Organization")
    hands.wait(lambda: hands.there("Import 3 members"))
    hands.choose("What the column Voice becomes", "A field called Voice")
    hands.wait(lambda: hands.there("Import 3 members"))
    hands.press("Import 3 members")
    hands.wait(lambda: hands.sees("3 members"))
    hands.menu("Members", "Paste people …")
    hands.wait(lambda: hands.there("The list"))
    hands.to("The list")
    hands.paste(LIST)
    hands.wait(lambda: hands.there("Add 2 members"))
    hands.press("Add 2 members")
    hands.wait(lambda: hands.sees("5 members"))
    with here.store() as store:
        assert {one.name for one in everybody(store)} == {"Ana Silva", "Rui Costa", "Ines Lopes", "Joana Reis", "Hugo Pinto"}


def look_after_people(hands: Hands, here: Computer) -> None:
    """Edit somebody in place, tag several, delete one and take that back."""
    hands.row("Members", "Ana Silva")
    hands.wait(lambda: hands.sees("ana@example.org"))
    hands.write("Organization", "Parish council")
    hands.key(Key.Key_Escape)
    with here.store() as store:
        assert [one.organization for one in everybody(store) if one.name == "Ana Silva"] == ["Parish council"]
    hands.row("Members", "Hugo Pinto", "Joana Reis")
    hands.wait(lambda: hands.sees("2 members selected"))
    hands.write("Tag them all", "newcomer")
    with here.store() as store:
        assert {one.name for one in everybody(store) if one.tags == ("newcomer",)} == {"Joana Reis", "Hugo Pinto"}
    hands.row("Members", "Rui Costa")
    hands.wait(lambda: hands.sees("rui@example.org"))
    hands.press("Delete this member")
    hands.wait(lambda: hands.sees("4 members"))
    hands.key(Key.Key_Z, CONTROL)
    hands.wait(lambda: hands.sees("5 members"))


def fill_the_calendar(hands: Hands, here: Computer) -> None:
    """Bring in a calendar, make an event on a day, and let it repeat."""
    hands.go("Calendar")
    here.files.answers.append(here.folder / "calendar.ics")
    hands.menu("Calendar", "Import a calendar …")
    with here.store() as store:
        hands.wait(lambda: titles(store) == ["Voice training"])
    make_in_a_week(hands, "Soup evening")
    with here.store() as store:
        hands.wait(lambda: titles(store) == ["Soup evening", "Voice training"])
    hands.write("Place", "Parish hall")
    hands.choose("How it repeats", "Every week")
    with here.store() as store:
        made = next(one for one in events.every(store) if one.title == "Soup evening")
    assert (made.place, made.rrule.split(";")[0]) == ("Parish hall", "FREQ=WEEKLY")


def connect_telegram(hands: Hands, here: Computer) -> None:
    """From BotFather to the test message."""
    QGuiApplication.clipboard().clear()
    hands.go("Channels")
    hands.press("Connect a group …")
    hands.press("Telegram")
    hands.press("Advanced")
    hands.to("Address of your own Bot API server")
    hands.spell(here.telegram.url)
    hands.press("Open BotFather")
    assert here.browser.addresses == ["https://t.me/BotFather?text=%2Fnewbot"]
    hands.to("The bot’s token")
    QGuiApplication.clipboard().setText(f"Done! Use this token to access the HTTP API:\n{here.telegram.token}\nKeep your token secure.")
    hands.wait(lambda: hands.there("Add it to a group"))
    hands.press("Add it to a group")
    assert "startgroup=" in here.browser.addresses[-1]
    here.telegram.add_group("Neighbours")
    hands.wait(lambda: hands.there("Use the group Neighbours"))
    hands.press("Use the group Neighbours")
    hands.press("Send the test message to Neighbours")
    hands.wait(lambda: hands.sees("The test message is there"))
    assert [one.text for one in here.telegram.posted()] == ["Hello! From now on the announcements of Riverside Choir appear here."]
    hands.press("Done")
    hands.wait(lambda: hands.front() is here.window)


def add_a_group_by_hand(hands: Hands, here: Computer) -> None:
    """A WhatsApp group, where no machine may post."""
    hands.key(Key.Key_N, CONTROL)
    hands.press("WhatsApp group")
    hands.write("What do you call it?", "Choir on WhatsApp")
    hands.wait(lambda: hands.front() is here.window)
    with here.store() as store:
        assert sorted(one.name for one in connections.channels(store)) == ["Choir on WhatsApp", "Neighbours"]


def set_the_grace_time(hands: Hands, here: Computer) -> None:
    """A setting is kept as soon as it is changed. (The tour does not wait for ten seconds.)"""
    hands.go("Settings")
    hands.write("Time to take back", "1")
    with here.store() as store:
        hands.wait(lambda: planning.grace(store) == timedelta(seconds=1))


def write_and_try(hands: Hands, here: Computer) -> None:
    """Write once, see what each group will see, and send it to oneself first."""
    hands.go("Announcements")
    hands.press("New announcement")
    hands.press("Neighbours")
    hands.press("Choir on WhatsApp")
    hands.to("Text of the announcement")
    hands.spell("**Soup** on Monday, bring a bowl")

    hands.wait(lambda: sum("on Monday, bring a bowl" in one for one in hands.texts()) >= 3)  # where it is written, and as each group sees it
    hands.press_menu("Try it first", "Send it to me first, in Practice")
    with here.store() as store:
        hands.wait(lambda: sent(store) == ["Rehearsal"])
    assert len(here.telegram.posted()) == 1, "nothing but the test message"


def send_and_take_back(hands: Hands, here: Computer) -> None:
    """The sheet before a first send names each group; and for some seconds one may think again."""
    hands.press("Send now")
    hands.wait(lambda: hands.sees("It goes to 2 groups, for the first time."))
    hands.press("Not yet")
    hands.press("Send now")
    hands.wait(lambda: hands.sees("It goes to 2 groups, for the first time."))
    hands.press("Send now")
    hands.wait(lambda: hands.sees("Goes out to 2 groups in"))
    hands.press("Undo")
    hands.wait(lambda: hands.sees("Taken back: nothing of it went out."))
    assert len(here.telegram.posted()) == 1, "nothing but the test message"


def send(hands: Hands, here: Computer) -> None:
    """What was taken back is a draft again; now it goes out, by the engine's thread."""
    hands.go("Announcements")
    hands.menu("Announcements", "Show the drafts")
    hands.open_row("Drafts", "Soup")
    hands.wait(lambda: hands.there("Send now"))
    hands.press("Send now")
    hands.wait(lambda: hands.sees("for the first time"))
    hands.press("Send now")
    hands.wait(lambda: len(here.telegram.posted()) == 2)
    assert here.telegram.posted()[-1].text == "Soup on Monday, bring a bowl"
    with here.store() as store:
        hands.wait(lambda: sent(store) == ["Neighbours", "Rehearsal"])


def post_by_hand(hands: Hands, here: Computer) -> None:
    """What no machine may post waits on Today; the runner walks through it."""
    hands.go("Today")
    hands.wait(lambda: hands.there("Post it …"))
    hands.press("Post it …")
    hands.wait(lambda: hands.there("Copy the text and open WhatsApp"))
    hands.press("Copy the text and open WhatsApp")
    assert QGuiApplication.clipboard().text() == "*Soup* on Monday, bring a bowl"
    assert here.browser.addresses[-1].startswith("https://wa.me/") or here.browser.addresses[-1].startswith("whatsapp:")
    hands.press("It is posted: tick it off")
    hands.wait(lambda: hands.sees("1 of 1 posted, nothing twice"))
    hands.press("Back")


def see_the_log(hands: Hands, here: Computer) -> None:
    """All of it stands there as sent."""
    hands.go("Announcements")
    hands.menu("Announcements", "Show the log")
    hands.row("Log of everything that went out or is to go out", "Choir on WhatsApp")
    hands.wait(lambda: hands.sees("Sent"))
    with here.store() as store:
        assert sent(store) == ["Choir on WhatsApp", "Neighbours", "Rehearsal"]
        assert not [one for one in ledger.listed(store.conn, tuple(State)) if one.state not in (State.SENT, State.CANCELLED)]


def quit_belfry(hands: Hands, here: Computer) -> None:
    """Nothing falls due meanwhile, so nothing is asked; the sender has ended, and every message was sent once."""
    hands.menu("Community", "Quit Belfry")
    hands.wait(lambda: here.ending.quits)
    assert here.session.window is None
    assert len(here.telegram.posted()) == 2


def sent(store: Store) -> list[str]:
    """Where something arrived."""
    names = {one.id: one.name for one in connections.channels(store)}
    return sorted(names[one.channel_id] for one in ledger.listed(store.conn, (State.SENT,)))


def make_in_a_week(hands: Hands, title: str) -> None:
    """Click the day, or go there with the arrows."""
    if isinstance(hands, Mouse):
        [grid] = hands.front().findChildren(MonthGrid)
        day = grid.day + timedelta(days=7)
        if day > grid.last:
            hands.press("The next month")
        box = grid.painter.day_box((day - grid.first).days)
        hands.click(grid, QPoint(box.center().x(), box.bottom() - 3))
    else:
        hands.key(Key.Key_Home)
        hands.key(Key.Key_Down)
        hands.key(Key.Key_N)
    hands.wait(lambda: name_of(hands.focus()) == "Title")
    hands.spell(title)
    hands.key(Key.Key_Return)


def titles(store: Store) -> list[str]:
    """Of all events."""
    return sorted(one.title for one in events.every(store))


def everybody(store: Store) -> list[Member]:
    """All members."""
    return list(members.by_pk(store, members.pks(store)))
