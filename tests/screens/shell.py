"""Pictures of the window around the pages: palette, toasts, banners."""

from PySide6.QtWidgets import QWidget

from desktop.ui.notices import Offer, Tone
from helpers.scenes import Scene
from helpers.window import Desktop


def _palette(desktop: Desktop) -> QWidget:
    assert desktop.window is not None
    desktop.window.palette_panel.open()
    return desktop.window


def _palette_found(desktop: Desktop) -> QWidget:
    window = _palette(desktop)
    assert desktop.window is not None
    desktop.window.palette_panel.field.setText("a")
    return window


def _said(desktop: Desktop) -> QWidget:
    assert desktop.window is not None
    notices = desktop.kit.notices
    notices.keep("copy", "This file is a copy, so nothing is sent from it.", Offer("Send from here", lambda: None))
    notices.keep(
        "mistake", "Belfry made a mistake of its own. Everything saved before is safe.", Offer("Show the report", lambda: None), tone=Tone.BAD
    )
    notices.say("Added Ana Silva", Offer("Undo", lambda: None))
    notices.problem("The disk is full. Nothing of this step was kept, all before it is safe. Free some space and try again.")
    return desktop.window


SCENES = (Scene("shell-palette", _palette), Scene("shell-palette-found", _palette_found), Scene("shell-said", _said))
