"""The community's logo: chosen, dropped, pasted, taken away; pictures that are none."""

import struct
import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions import community
from desktop.community.members import Member
from desktop.store import erase, files, members
from desktop.store.journal import operation
from desktop.ui.logo import SIDE
from desktop.ui.navigation import PageName
from desktop.ui.pages.settings.logo import LogoField
from desktop.ui.pages.settings.page import SettingsPage
from helpers.window import Desktop
from resources.translations import phrase

RED = QColor("#c02040")


@pytest.fixture
def field(qtbot: QtBot, sample_desktop: Desktop) -> LogoField:
    window = sample_desktop.open_window()
    with qtbot.waitActive(window):
        window.show()
    sample_desktop.kit.navigation.go(PageName.SETTINGS)
    page = window.pages.page
    assert isinstance(page, SettingsPage)
    return page.home.logo


def picture(width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(RED)
    return image


def saved(folder: Path, width: int = 1600, height: int = 800) -> Path:
    path = folder / "logo.png"
    assert picture(width, height).save(str(path))
    return path


def kept(desktop: Desktop) -> QImage:
    return QImage.fromData(files.content(desktop.kit.store, desktop.kit.store.setting(files.LOGO)) or b"")


def huge_png(path: Path) -> None:
    """A PNG whose head says 40,000 × 40,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b""))


def test_given_a_large_picture_when_it_is_chosen_then_it_is_kept_small_and_seen_in_the_rail_and_on_the_window(
    qtbot: QtBot, sample_desktop: Desktop, field: LogoField, tmp_path: Path
) -> None:
    window = sample_desktop.window
    assert window is not None
    assert not field.remove.isVisible()
    sample_desktop.files.answers.append(saved(tmp_path))
    qtbot.mouseClick(field.choose, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(field.remove.isVisible)
    assert (kept(sample_desktop).width(), kept(sample_desktop).height()) == (SIDE, SIDE // 2)
    qtbot.waitUntil(lambda: window.rail._mark.grab().toImage().pixelColor(window.rail._mark.rect().center()) == RED)
    assert window.windowIcon().pixmap(64, 64).toImage().pixelColor(32, 32) == RED
    assert window.rail._mark.toolTip() == sample_desktop.kit.store.setting("name")


def test_given_a_logo_when_it_is_taken_away_by_keyboard_then_initials_are_there_and_undo_brings_it_back(
    qtbot: QtBot, sample_desktop: Desktop, field: LogoField, tmp_path: Path
) -> None:
    sample_desktop.files.answers.append(saved(tmp_path))
    field.choose.setFocus()
    qtbot.keyClick(field.choose, Qt.Key.Key_Space)
    qtbot.waitUntil(field.remove.isVisible)
    field.remove.setFocus()
    qtbot.keyClick(field.remove, Qt.Key.Key_Space)
    assert not field.remove.isVisible()
    assert sample_desktop.kit.store.setting(files.LOGO) == ""
    assert field.choose.hasFocus()
    offer = sample_desktop.said[-1].offer
    assert offer is not None
    offer.do()
    qtbot.waitUntil(field.remove.isVisible)
    assert kept(sample_desktop).width() == SIDE


def test_given_a_file_of_a_picture_when_it_is_dropped_then_it_is_the_logo(
    qtbot: QtBot, sample_desktop: Desktop, field: LogoField, tmp_path: Path
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(saved(tmp_path, 64, 64)))])
    entered = QDragEnterEvent(QPointF(5, 5).toPoint(), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(field, entered)
    assert entered.isAccepted()
    dropped = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(field, dropped)
    qtbot.waitUntil(field.remove.isVisible)
    assert kept(sample_desktop).width() == 64


def test_given_a_copied_picture_when_it_is_pasted_then_it_is_the_logo_and_without_one_it_says_so(
    qtbot: QtBot, sample_desktop: Desktop, field: LogoField
) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("no picture")
    field.choose.setFocus()
    qtbot.keyClick(field.choose, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "no picture" in sample_desktop.said[-1].text
    clipboard.setImage(picture(900, 900))
    qtbot.keyClick(field.choose, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(field.remove.isVisible)
    assert kept(sample_desktop).width() == SIDE


@pytest.mark.parametrize("bad", ["text", "cut", "huge", "missing", "folder", "empty"])
def test_given_what_is_no_picture_when_it_is_chosen_then_a_sentence_says_so_and_nothing_changes(
    qtbot: QtBot, sample_desktop: Desktop, field: LogoField, tmp_path: Path, bad: str
) -> None:
    path = saved(tmp_path)
    match bad:
        case "text":
            path.write_text("This is no picture.", "utf-8")
        case "cut":
            path.write_bytes(path.read_bytes()[:60])
        case "huge":
            huge_png(path)
        case "missing":
            path.unlink()
        case "folder":
            path.unlink()
            path.mkdir()
        case "empty":
            path.write_bytes(b"")
    sample_desktop.files.answers.append(path)
    qtbot.mouseClick(field.choose, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any("Nothing was changed" in one.text and path.name in one.text for one in sample_desktop.said))
    assert sample_desktop.kit.store.setting(files.LOGO) == ""


def test_given_a_photo_that_is_the_logo_too_when_the_member_is_erased_then_the_logo_stays(sample_desktop: Desktop, tmp_path: Path) -> None:
    store = sample_desktop.kit.store
    content = saved(tmp_path, 40, 40).read_bytes()
    community.set_logo(store, content)
    with operation(store, phrase("Added a member")) as op:
        row_id = members.add(op, Member("Ana", photo=store.setting(files.LOGO)))
    erase.erase(store, row_id)
    assert files.content(store, store.setting(files.LOGO)) == content


def test_given_another_program_changes_the_logo_then_the_window_shows_it(
    qtbot: QtBot, sample_desktop: Desktop, field: LogoField, tmp_path: Path
) -> None:
    with sample_desktop.kit.store.again() as other:
        community.set_logo(other, saved(tmp_path, 50, 50).read_bytes())
    sample_desktop.bridge.look()
    qtbot.waitUntil(lambda: QPixmap(field.mark.grab()).toImage().pixelColor(field.mark.rect().center()) == RED)
