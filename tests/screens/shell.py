"""Pictures of the window around the pages: first start, palette, toasts, banners, help, a long job, the tray, the question before it quits."""

import logging
from datetime import timedelta
from time import sleep

from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.actions import member_edits
from desktop.actions.importing import Progress
from desktop.community.errors import Refused
from desktop.community.members import Member
from desktop.store.database import Store
from desktop.ui import quitting, sender_line
from desktop.ui.dialogs.help import HelpDialog
from desktop.ui.first_start import FirstStart
from desktop.ui.main_window import MainWindow
from desktop.ui.mistakes import Mistakes
from desktop.ui.moved_file import MovedFile
from desktop.ui.native import NativeAsker
from desktop.ui.navigation import PageName
from desktop.ui.notices import Offer, Tone
from desktop.ui.operations import Aside, Tell
from desktop.ui.tray import Tray
from helpers.busy_day import fill_day
from helpers.scenes import Community, Scene
from helpers.window import Desktop
from resources.translations import _, ngettext, phrase


def _window(desktop: Desktop) -> MainWindow:
    assert desktop.window is not None
    return desktop.window


def _palette(desktop: Desktop) -> QWidget:
    window = _window(desktop)
    window.palette_panel.open()
    return window


def _palette_found(desktop: Desktop) -> QWidget:
    window = _palette(desktop)
    _window(desktop).palette_panel.field.setText("a")
    return window


def _said(desktop: Desktop) -> QWidget:
    notices = desktop.kit.notices
    notices.keep("copy", "This file is a copy, so nothing is sent from it.", Offer("Send from here", lambda: None))
    notices.keep(
        "mistake", "Belfry made a mistake of its own. Everything saved before is safe.", Offer("Show the report", lambda: None), tone=Tone.BAD
    )
    notices.say("Added Ana Silva", Offer("Undo", lambda: None))
    notices.problem("The disk is full. Nothing of this step was kept, all before it is safe. Free some space and try again.")
    return _window(desktop)


def _first(desktop: Desktop) -> QWidget:
    first = FirstStart(desktop.kit.theme, desktop.kit.icons, desktop.program, desktop.files)
    desktop.kit.theme.dress(first)
    first.show()
    return first


def _first_named(desktop: Desktop) -> QWidget:
    first = _first(desktop)
    assert isinstance(first, FirstStart)
    first.name.setText("Tuesday Runners")
    return first


def _first_problem(desktop: Desktop) -> QWidget:
    first = _first_named(desktop)
    assert isinstance(first, FirstStart)
    newer = "This file was written by a newer Belfry ({version}). It was left as it was. Open it with that version, or a newer one."
    first.say(str(Refused(phrase(newer, version="2.0"))))
    return first


def _help(desktop: Desktop) -> QWidget:
    window = _window(desktop)
    desktop.kit.navigation.go(PageName.MEMBERS)
    assert window.pages.page is not None
    dialog = HelpDialog(desktop.kit.theme, window.pages.page.entry, desktop.kit.navigation, window)
    dialog.open()
    return dialog


def _quit(desktop: Desktop) -> QWidget:
    kit, window = desktop.kit, _window(desktop)
    detail = quitting.detail(quitting.falls_due(kit.store), kit.dates)
    NativeAsker(kit.theme).ask(window, _("Quit, although this is to go out?"), detail, _("Quit"), lambda: None)
    return window.findChildren(QMessageBox)[0]


def _tray(desktop: Desktop) -> QWidget:
    kit = desktop.kit
    fill_day(kit.store)
    tray = Tray(kit.theme, kit.icons)
    tray.setParent(_window(desktop))
    tray.say(sender_line.says(kit.store, kit.dates))
    tray.menu.show()
    return tray.menu


def _mistake(desktop: Desktop) -> QWidget:
    kit = desktop.kit
    mistakes = Mistakes(desktop.program.data / "reports", kit.notices, desktop.opener, kit.program.clock.now)
    mistakes.setParent(_window(desktop))
    try:
        raise KeyError("nothing")
    except KeyError as error:
        logging.disable(logging.ERROR)  # this one is meant
        mistakes.heard(type(error), error, error.__traceback__)
        logging.disable(logging.NOTSET)
    return _window(desktop)


def _undo(desktop: Desktop) -> QWidget:
    desktop.kit.navigation.go(PageName.MEMBERS)
    desktop.kit.operations.run(lambda store: member_edits.add(store, Member("Ana Silva")))
    return _window(desktop)


def _not_opened(desktop: Desktop) -> QWidget:
    """Over the composer, whose buttons stay free."""
    window = _window(desktop)
    desktop.kit.navigation.go(PageName.ANNOUNCEMENTS)
    page = window.pages.page
    assert page is not None
    page.do("add")
    desktop.opener.has_program = False
    desktop.kit.opener.open("https://www.facebook.com/groups/alvalade.verde")
    desktop.kit.operations.put_aside(Aside(ngettext("{n} posting is ticked off.", "{n} postings are ticked off.", 1).format(n=1)), tell=Tell.NOTHING)
    desktop.kit.operations.undo()
    return window


def _moved(desktop: Desktop) -> QWidget:
    """Somebody has taken the file away."""
    window = _window(desktop)
    MovedFile(desktop.kit, desktop.bridge, window)
    desktop.kit.store.path.rename(desktop.program.data / "garden-2026.belfry")
    desktop.bridge.look()
    return window


def _job(desktop: Desktop) -> QWidget:
    """Reports 37 % until the window is closed, which cancels it."""

    def work(_store: Store, progress: Progress) -> None:
        while True:
            progress(37_000, 100_000)
            sleep(0.05)

    desktop.kit.navigation.go(PageName.MEMBERS)
    desktop.kit.operations.start(_("Importing …"), work, failed=lambda _error: None)
    return _window(desktop)


def _waits_after_a_night(desktop: Desktop) -> QWidget:
    """The strip when something waits and the next is in some days."""
    clock = desktop.kit.program.clock
    fill_day(desktop.kit.store)
    clock.advance(timedelta(hours=9))  # type: ignore[attr-defined]  # the clock of a test
    _window(desktop).strip.stale.emit()
    desktop.kit.navigation.go(PageName.MEMBERS)
    return _window(desktop)


SCENES = (
    Scene("shell-first-start", _first, Community.EMPTY),
    Scene("shell-first-start-named", _first_named, Community.EMPTY),
    Scene("shell-first-start-problem", _first_problem, Community.EMPTY),
    Scene("shell-palette", _palette),
    Scene("shell-palette-found", _palette_found),
    Scene("shell-said", _said),
    Scene("shell-help", _help),
    Scene("shell-quit", _quit),
    Scene("shell-tray", _tray),
    Scene("shell-mistake", _mistake),
    Scene("shell-undo", _undo),
    Scene("shell-not-opened", _not_opened),
    Scene("shell-moved", _moved),
    Scene("shell-job", _job),
    Scene("shell-strip", _waits_after_a_night),
)
