"""Pictures of “Settings”, section by section, and of what it opens; of a start at which something is wrong; of the window of who only posts."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QLocale, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.actions import community
from desktop.community.connections import ConnectionRecord
from desktop.community.ports import NoKeyring, Secret, VaultKind
from desktop.store import connections, ledger
from desktop.store.journal import operation
from desktop.store.restore import Restored
from desktop.ui.dates import Dates
from desktop.ui.dialogs.passphrase import UnlockDialog
from desktop.ui.dialogs.restore import RestoreSheet
from desktop.ui.dialogs.secret_places import SecretPlaces
from desktop.ui.first_start import FirstStart
from desktop.ui.logo import png
from desktop.ui.lost_file import LostFile
from desktop.ui.navigation import PageName
from desktop.ui.news import EVERYTHING
from desktop.ui.pages.settings.page import SettingsPage
from desktop.ui.restoring import Restoring, say_restored
from desktop.ui.unlocking import Unlocking
from helpers.scenes import Community, Scene
from helpers.window import Desktop
from resources.translations import phrase

BELLS = Secret("seven bells in a row")


def _page(desktop: Desktop) -> QWidget:
    assert desktop.window is not None
    desktop.kit.navigation.go(PageName.SETTINGS)
    return desktop.window


def _shown(desktop: Desktop) -> SettingsPage:
    _page(desktop)
    assert desktop.window is not None
    page = desktop.window.pages.page
    assert isinstance(page, SettingsPage)
    return page


def _scrolled(section: Callable[[SettingsPage], QWidget]) -> Callable[[Desktop], QWidget]:
    """The page with this section at its top."""

    def prepare(desktop: Desktop) -> QWidget:
        page = _shown(desktop)
        area = page.findChild(QScrollArea)
        assert area is not None
        area.verticalScrollBar().setValue(section(page).y())
        assert desktop.window is not None
        return desktop.window

    return prepare


def _logo(desktop: Desktop) -> QWidget:
    image = QImage(300, 300, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setBrush(QColor("#2f7d4f"))
    painter.drawEllipse(QRectF(40, 40, 220, 220))
    painter.setBrush(QColor("#f0c030"))
    painter.drawEllipse(QRectF(110, 110, 80, 80))
    painter.end()
    community.set_logo(desktop.kit.store, png(image))
    desktop.kit.operations.news.emit(EVERYTHING)
    return _page(desktop)


def _copies(desktop: Desktop) -> None:
    folder = desktop.program.data / "usb"
    for name in ("october", "november"):
        desktop.kit.store.copy_to(folder / f"{name}.belfry")
        desktop.kit.store.copy_to(desktop.program.community.with_name(f"community.before-restore-{name}.belfry"))
        desktop.program.clock.advance(timedelta(days=3))  # type: ignore[attr-defined]  # a test's


def _file(desktop: Desktop) -> QWidget:
    _copies(desktop)
    return _scrolled(lambda page: page.file)(desktop)


def _restore(desktop: Desktop) -> QWidget:
    _copies(desktop)
    page = _shown(desktop)
    dialog = RestoreSheet(desktop.kit, page)
    dialog.open()
    return dialog


def _restore_nothing(desktop: Desktop) -> QWidget:
    dialog = RestoreSheet(desktop.kit, _shown(desktop))
    dialog.open()
    foreign = desktop.program.data / "holiday.belfry"
    foreign.write_text("Dear diary", "utf-8")
    dialog.take(foreign)
    return dialog


def _restored(desktop: Desktop) -> QWidget:
    assert desktop.window is not None
    desktop.kit.navigation.go(PageName.TODAY)
    aside = Path("/home/ana/Community/choir.before-restore-20261206-180000.belfry")
    say_restored(desktop.kit, desktop.window, Restored(aside, 2))
    return desktop.window


def _restoring(desktop: Desktop) -> QWidget:
    made = Restoring(desktop.kit.theme, desktop.program, Path(), Path(), lambda _outcome: None)
    made.show()
    return made


def _lost(desktop: Desktop) -> QWidget:
    _copies(desktop)
    copy = desktop.program.data / "usb" / "november.belfry"
    desktop.kit.state.keep(f"backups/{desktop.program.community.absolute()}", str(copy))
    dates = Dates(desktop.program.clock, "Europe/Lisbon", QLocale(desktop.kit.dates.locale))
    lost = LostFile(desktop.kit.theme, desktop.program, desktop.kit.state, dates)
    first = FirstStart(desktop.kit.theme, desktop.kit.icons, desktop.program, desktop.files, lost)
    first.say(str(phrase("{file} is damaged. It was left as it was. Put the newest backup back.", file=str(desktop.program.community))))
    first.show()
    lost.look_for(desktop.program.community)
    return first


def _places(desktop: Desktop) -> QWidget:
    dialog = SecretPlaces(desktop.kit, _shown(desktop))
    dialog.open()
    dialog.fields.first.setText("seven bells")
    dialog.fields.second.setText("seven")
    return dialog


def _places_without_keyring(desktop: Desktop) -> QWidget:
    problem = phrase(
        "This computer has no safe place for passwords: its keyring is switched off, and forgets what it is given. No password was stored. "
        "Use a file that a passphrase locks, or give the passwords for this run only."
    )
    dialog = SecretPlaces(desktop.kit, _shown(desktop), str(NoKeyring(problem)))
    dialog.open()
    return dialog


def _locked(desktop: Desktop) -> None:
    with operation(desktop.kit.store, phrase("Connected a bot")) as op:
        connections.put_connection(op, ConnectionRecord("telegram", "Bot", secrets={"token": "a"}))
    desktop.program.safe.move(VaultKind.FILE, [], BELLS)
    desktop.program.new_safe()


def _unlock(desktop: Desktop) -> QWidget:
    assert desktop.window is not None
    _locked(desktop)
    Unlocking(desktop.kit, desktop.window).begin(ask=True)
    dialog = desktop.window.findChild(UnlockDialog)
    assert dialog is not None
    dialog.fields.first.setText("eight bells")
    dialog._refused(_wrong(desktop))
    return dialog


def _wrong(desktop: Desktop) -> str:
    file = str(desktop.program.data / "secrets.vault")
    return str(phrase("That is not the passphrase of the file with the passwords ({file}). Nothing was changed. Try again.", file=file))


def _locked_banner(desktop: Desktop) -> QWidget:
    assert desktop.window is not None
    _locked(desktop)
    Unlocking(desktop.kit, desktop.window).begin(ask=False)
    return _scrolled(lambda page: page.secrets)(desktop)


def _no_keyring(desktop: Desktop) -> QWidget:
    window = _scrolled(lambda page: page.secrets)(desktop)
    _shown(desktop).secrets._looked(
        str(
            phrase(
                "This computer has no safe place for passwords that Belfry can use: no keyring was found. No password was stored. "
                "Use a file that a passphrase locks, or give the passwords for this run only."
            )
        )
    )
    return window


def _only_post(name: PageName) -> Callable[[Desktop], QWidget]:
    def prepare(desktop: Desktop) -> QWidget:
        assert desktop.window is not None
        desktop.kit.navigation.narrow(True)
        desktop.kit.navigation.go(name)
        return desktop.window

    return prepare


def _only_post_paused(desktop: Desktop) -> QWidget:
    store = desktop.kit.store
    with store.write() as conn:
        ledger.pause(conn, connections.connections(store)[0].id, phrase("The bot is not a member of the group any more."))
    desktop.kit.operations.news.emit(EVERYTHING)
    return _only_post(PageName.TODAY)(desktop)


SCENES = (
    Scene("settings", _page),
    Scene("settings-empty", _page, Community.EMPTY),
    Scene("settings-logo", _logo),
    Scene("settings-sending", _scrolled(lambda page: page.sending)),
    Scene("settings-secrets", _scrolled(lambda page: page.secrets)),
    Scene("settings-secrets-locked", _locked_banner),
    Scene("settings-secrets-no-keyring", _no_keyring),
    Scene("settings-file", _file),
    Scene("settings-look", _scrolled(lambda page: page.look)),
    Scene("settings-only-post", _only_post(PageName.SETTINGS)),
    Scene("only-post-today", _only_post(PageName.TODAY)),
    Scene("only-post-today-paused", _only_post_paused),
    Scene("only-post-today-empty", _only_post(PageName.TODAY), Community.EMPTY),
    Scene("only-post-announcements", _only_post(PageName.ANNOUNCEMENTS)),
    Scene("only-post-announcements-empty", _only_post(PageName.ANNOUNCEMENTS), Community.EMPTY),
    Scene("secrets-places", _places),
    Scene("secrets-places-no-keyring", _places_without_keyring),
    Scene("secrets-unlock", _unlock),
    Scene("restore-sheet", _restore),
    Scene("restore-sheet-nothing", _restore_nothing, Community.EMPTY),
    Scene("restore-working", _restoring),
    Scene("restore-done", _restored),
    Scene("first-start-damaged", _lost),
)
