"""Putting a backup back in the window: from Settings, and where the community can't be opened (figure D2)."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt
from pytestqt.qtbot import QtBot

from desktop.actions.sample import fill
from desktop.community.connections import ConnectionRecord
from desktop.community.members import Member
from desktop.community.ports import Secret, VaultKind
from desktop.store import connections, database, members, sending
from desktop.store.journal import operation
from desktop.ui.appearing import Appear
from desktop.ui.dialogs.passphrase import UnlockDialog
from desktop.ui.dialogs.restore import RestoreSheet
from desktop.ui.first_start import FirstStart
from desktop.ui.navigation import PageName
from desktop.ui.notices import Notice
from desktop.ui.pages.settings.page import SettingsPage
from desktop.ui.restoring import BANNER
from desktop.ui.start import Session
from desktop.ui.theme import Mode, Theme
from desktop.ui.widgets.banner import Banners
from desktop.ui.window_state import WindowState
from helpers.accessible import nameless
from helpers.clock import MovedClock
from helpers.watchdog import WatchedApplication
from helpers.window import DEVICE, Answers, Desktop, Files, TestProgram
from resources.translations import phrase


class Quits:
    """The application as far as a session ends it."""

    def __init__(self) -> None:
        self.times = 0

    def quit(self) -> None:
        self.times += 1


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def program(tmp_path: Path, clock: MovedClock) -> TestProgram:
    made = TestProgram(tmp_path / "data", clock)
    made.data.mkdir()
    return made


@pytest.fixture
def quits() -> Quits:
    return Quits()


@pytest.fixture
def files() -> Files:
    return Files()


@pytest.fixture
def session(qapp: WatchedApplication, program: TestProgram, quits: Quits, files: Files) -> Iterator[Session]:
    qapp.paused = True  # a whole session opens and closes in one go
    made = Session(quits, program, Theme(qapp, Mode.LIGHT), WindowState(program.data), QLocale("en_GB"))  # type: ignore[arg-type]  # all it needs
    made._files, made._asker = files, Answers()
    yield made
    made.close()
    if made._first is not None:
        made._first.hide()
        made._first.close()
    QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))
    qapp.processEvents()
    qapp.paused = False


def community(program: TestProgram, *, backup: Path | None = None) -> None:
    """A community with members; perhaps a backup of it, and somebody who came later."""
    with program.create(program.community, name="Riverside Choir", zone="Europe/Lisbon", country="PT") as store:
        add(store, "Ana Lima")
        if backup:
            store.copy_to(backup)
            add(store, "Late Larry")


def add(store: database.Store, name: str) -> None:
    with operation(store, phrase("Added a member")) as op:
        members.add(op, Member(name))


def names(path: Path) -> list[str]:
    with database.open(path, clock=MovedClock(), device=DEVICE) as store:
        return [one.name for one in members.every(store)]


def settings(session: Session) -> SettingsPage:
    assert session.window is not None
    assert session._kit is not None
    session._kit.navigation.go(PageName.SETTINGS)
    page = session.window.pages.page
    assert isinstance(page, SettingsPage)
    return page


def sheet_of(qtbot: QtBot, page: SettingsPage) -> RestoreSheet:
    qtbot.mouseClick(page.file.restore, Qt.MouseButton.LeftButton)
    found = page.file.findChild(RestoreSheet)
    assert found is not None
    return found


def banner(session: Session) -> str:
    assert session.window is not None
    banners = session.window.findChild(Banners)
    assert banners is not None
    shown = banners._shown.get(BANNER)
    return shown.accessibleName() if shown else ""


def test_given_a_backup_when_it_is_put_back_from_settings_then_the_window_opens_on_it_and_says_what_was_kept(
    qtbot: QtBot, session: Session, program: TestProgram, tmp_path: Path, quits: Quits
) -> None:
    backup = tmp_path / "monday.belfry"
    community(program, backup=backup)
    session.open(program.community)
    first = session.window
    sheet = sheet_of(qtbot, settings(session))
    qtbot.waitUntil(lambda: sheet.list.count() == 1)
    assert not nameless(sheet)
    assert "1 member" in sheet.list.item(0).text()
    assert "Riverside Choir" in sheet.told.text()
    qtbot.waitUntil(sheet.list.hasFocus)
    qtbot.keyClick(sheet.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.window is not None and session.window is not first, timeout=20_000)
    assert "The backup is back" in banner(session)
    [aside] = program.data.glob("community.before-restore-*.belfry")
    assert str(aside) in banner(session)
    store = session._kit.store if session._kit else None
    assert store is not None
    assert [one.name for one in members.every(store)] == ["Ana Lima"]
    assert names(aside) == ["Ana Lima", "Late Larry"]
    assert sending.named(store).computer == ""
    assert quits.times == 0


def test_given_backups_of_the_same_minute_when_they_are_listed_then_each_says_when_how_and_what_it_is_and_no_two_are_alike(
    qtbot: QtBot, session: Session, program: TestProgram, clock: MovedClock, tmp_path: Path
) -> None:
    community(program)
    with program.open() as store:
        for path in ("a/choir.belfry", "b/choir.belfry", "monday.belfry"):
            store.copy_to(tmp_path / path)
        clock.advance(timedelta(days=1))
        store.copy_to(program.community.with_name("community.before-restore-20261206-180000.belfry"))
        store.copy_to(program.community.with_name("community.belfry.before-schema-3"))
    session.open(program.community)
    sheet = sheet_of(qtbot, settings(session))
    qtbot.waitUntil(lambda: sheet.list.count() == 5)
    lines = [sheet.list.item(row).text() for row in range(5)]
    assert len(set(lines)) == 5
    assert all(("1 member" in line and " kB · " in line) or " MB · " in line for line in lines)
    assert sum("kept before an update of Belfry" in line for line in lines) == 1
    assert sum("kept when another backup was put back" in line for line in lines) == 1
    assert sum("made by hand" in line for line in lines) == 3
    assert session._kit is not None
    today = session._kit.dates.date(clock.now().date())
    assert sum(line.startswith(today) for line in lines) == 2
    assert str(tmp_path / "a" / "choir.belfry") in "".join(lines)


def test_given_a_restored_community_when_the_person_says_so_then_this_computer_sends_from_it(
    qtbot: QtBot, session: Session, program: TestProgram, tmp_path: Path
) -> None:
    backup = tmp_path / "monday.belfry"
    community(program, backup=backup)
    session.open(program.community)
    first = session.window
    assert session._kit is not None
    session._kit.navigation.restore(backup)
    qtbot.waitUntil(lambda: session.window is not None and session.window is not first, timeout=20_000)
    assert session.window is not None
    banners = session.window.findChild(Banners)
    assert banners is not None
    send = next(one for one in banners._shown[BANNER].findChildren(type(settings(session).sending.take_over)) if one.text())
    qtbot.mouseClick(send, Qt.MouseButton.LeftButton)
    assert session._kit is not None
    assert sending.named(session._kit.store).computer == DEVICE
    assert not banner(session)


@pytest.mark.parametrize("damage", ["foreign", "garbage", "itself"])
def test_given_a_file_that_is_no_backup_when_it_is_chosen_then_the_sheet_says_so_and_nothing_is_changed(
    qtbot: QtBot, session: Session, program: TestProgram, files: Files, tmp_path: Path, damage: str
) -> None:
    community(program)
    chosen = tmp_path / "holiday.belfry"
    if damage == "foreign":
        chosen.write_text("Dear diary", "utf-8")
    elif damage == "garbage":
        chosen.write_bytes(os.urandom(30_000))
    else:
        chosen = program.community
    session.open(program.community)
    window = session.window
    sheet = sheet_of(qtbot, settings(session))
    qtbot.waitUntil(lambda: "No sound backup" in sheet.none.text())
    assert not sheet.go.isEnabled()
    files.answers.append(chosen)
    qtbot.mouseClick(sheet.other, Qt.MouseButton.LeftButton)
    if damage == "itself":
        qtbot.waitUntil(sheet.go.isEnabled)
        qtbot.mouseClick(sheet.go, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: session.window is not window and bool(banner(session)), timeout=20_000)
        assert "the community itself" in banner(session)
    else:
        qtbot.waitUntil(sheet.wrong.isVisible)
        assert "not a Belfry community" in sheet.wrong.text()
        assert not sheet.go.isEnabled()
        sheet.reject()
    assert not list(program.data.glob("*before-restore*"))


def test_given_another_program_has_the_file_open_when_a_backup_is_put_back_then_a_sentence_says_so_and_all_is_as_it_was(
    qtbot: QtBot, session: Session, program: TestProgram, tmp_path: Path
) -> None:
    backup = tmp_path / "monday.belfry"
    community(program, backup=backup)
    session.open(program.community)
    window = session.window
    with program.open() as other:
        assert session._kit is not None
        session._kit.navigation.restore(backup)
        qtbot.waitUntil(lambda: session.window is not window and bool(banner(session)), timeout=20_000)
        assert "open in another program" in banner(session)
        assert members.count(other) == 2


def lost(session: Session) -> FirstStart:
    found = session._first
    assert found is not None
    return found


@pytest.mark.parametrize("damage", ["garbage", "header", "setting", "cut", "missing"])
def test_given_a_community_that_is_damaged_or_gone_when_it_starts_then_the_newest_good_backup_is_one_press_away(
    qtbot: QtBot, session: Session, program: TestProgram, clock: MovedClock, tmp_path: Path, damage: str, quits: Quits
) -> None:
    old, new, broken = (tmp_path / f"{name}.belfry" for name in ("old", "new", "broken"))
    community(program, backup=old)
    with program.open() as store:
        clock.advance(timedelta(hours=1))
        store.copy_to(new)
        store.copy_to(broken)
    session.open(program.community)
    assert session._kit is not None
    qtbot.waitUntil(lambda: "new.belfry" in session._state.text(f"backups/{program.community.absolute()}"))
    start = (session._kit.store.value("SELECT rootpage FROM sqlite_schema WHERE name = 'setting'") - 1) * database.PAGE_BYTES
    session.close()
    broken.write_bytes(os.urandom(20_000))
    content = program.community.read_bytes()
    program.community.unlink()
    spoilt = b"\xff" * 3000
    left = {
        "garbage": os.urandom(40_000),
        "header": content[:100] + spoilt + content[3100:],
        "setting": content[:start] + spoilt + content[start + 3000 :],  # it opens, and the first look into it fails
        "cut": content[:30_000],
        "missing": b"",
    }[damage]
    if left:
        program.community.write_bytes(left)

    session.open(program.community)
    first = lost(session)
    assert bool(first.problem) is (damage != "missing")
    offer = session._lost
    assert offer is not None
    qtbot.waitUntil(offer.isVisible)
    assert "2 members" in offer.told.text()
    assert offer.file.text() == str(new)
    qtbot.mouseClick(offer.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.window is not None, timeout=20_000)
    assert session._kit is not None
    assert members.count(session._kit.store) == 2
    if damage != "missing":
        [aside] = program.data.glob("community.before-restore-*.belfry")
        assert damage in ("setting", "cut") or aside.read_bytes() == left  # those two open so far that SQLite writes into their head
    assert quits.times == 0


def test_given_a_damaged_community_and_no_backup_when_it_starts_then_the_problem_is_said_and_nothing_is_offered(
    qtbot: QtBot, session: Session, program: TestProgram
) -> None:
    program.community.write_bytes(os.urandom(40_000))
    session.open(program.community)
    offer = session._lost
    assert offer is not None
    offer._executor.shutdown(wait=True)
    qtbot.wait(10)
    assert lost(session).problem
    assert not offer.isVisible()


def test_given_a_copy_from_before_a_migration_beside_a_damaged_file_when_it_starts_then_it_is_offered(
    qtbot: QtBot, session: Session, program: TestProgram
) -> None:
    community(program, backup=program.data / "community.belfry.before-schema-1-abcdef")
    program.community.write_bytes(os.urandom(40_000))
    session.open(program.community)
    offer = session._lost
    assert offer is not None
    qtbot.waitUntil(offer.isVisible)
    assert "before-schema" in offer.file.text()


def test_given_a_window_is_open_when_a_damaged_file_is_opened_then_a_toast_says_so_and_the_window_stays(
    qtbot: QtBot, session: Session, program: TestProgram, tmp_path: Path
) -> None:
    community(program)
    session.open(program.community)
    window, said = session.window, list[Notice]()
    assert session._kit is not None
    session._kit.notices.said.connect(said.append)
    other = tmp_path / "other.belfry"
    other.write_bytes(os.urandom(40_000))
    session.open(other)
    assert session.window is window
    assert session._first is None
    assert "not a Belfry community" in said[-1].text


def test_given_the_sample_when_settings_list_backups_then_the_newest_are_first(
    qtbot: QtBot, make_desktop: Callable[..., Desktop], clock: MovedClock, tmp_path: Path
) -> None:
    made = make_desktop(fill=fill, clock=clock)
    for number in range(7):
        made.kit.store.copy_to(tmp_path / f"copy-{number}.belfry")
        clock.advance(timedelta(hours=1))
    made.open_window()
    made.kit.navigation.go(PageName.SETTINGS)
    assert made.window is not None
    page = made.window.pages.page
    assert isinstance(page, SettingsPage)
    file = page.file
    qtbot.waitUntil(lambda: "copy-6" in file.copies)
    assert "copy-0" not in file.copies
    assert file.copies.index("copy-6") < file.copies.index("copy-5")


def test_given_no_community_when_one_is_begun_then_its_window_takes_the_place_of_the_first_start_and_the_program_goes_on(
    qtbot: QtBot, session: Session, program: TestProgram, quits: Quits
) -> None:
    session.open(program.community)
    first = lost(session)
    qtbot.keyClicks(first.name, "Tuesday Runners")
    qtbot.mouseClick(first.begin, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.window is not None)
    assert not first.isVisible()
    qtbot.wait(10)
    assert quits.times == 0


def test_given_secrets_in_a_locked_file_when_a_community_is_opened_then_it_asks_and_in_the_tray_it_does_not(
    session: Session, program: TestProgram
) -> None:
    community(program)
    with program.open() as store, operation(store, phrase("Connected a bot")) as op:
        connections.put_connection(op, ConnectionRecord("telegram", "Bot", secrets={"token": "a"}))
    program.safe.move(VaultKind.FILE, [], Secret("seven bells"))
    program.new_safe()
    session.open(program.community, Appear.TRAY)
    assert session.window is not None
    assert session.window.findChild(UnlockDialog) is None
    session.close()
    session.open(program.community)
    dialog = session.window.findChild(UnlockDialog)
    assert dialog is not None
    dialog.reject()
