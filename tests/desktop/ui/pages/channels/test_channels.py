"""The page “Channels”: cards, what is at the side, Practice; by mouse and keyboard."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from desktop.community.connections import Channel, Health
from desktop.community.deliveries import State
from desktop.store import connections, ledger
from desktop.store.connections import StoreShelf
from desktop.ui.byhand.runner import Runner
from desktop.ui.news import EVERYTHING
from desktop.ui.pages.channels.page import ChannelsPage
from helpers.accessible import nameless
from helpers.hand import hand_over, settle_as
from helpers.window import Desktop
from integrations.practice.inbox import PracticeMessage, posted
from resources.translations import phrase

Open = Callable[[Desktop], ChannelsPage]


def named(desktop: Desktop, name: str) -> Channel:
    return next(one for one in connections.channels(desktop.kit.store) if one.name.startswith(name))


def card_text(page: ChannelsPage, channel: Channel) -> str:
    card = page.sections[channel.connection_id].tiles.button(channel.id)
    assert card is not None
    return f"{card.tile.name}: {card.tile.state}"


def press(qtbot: QtBot, page: ChannelsPage, channel: Channel) -> None:
    card = page.sections[channel.connection_id].tiles.button(channel.id)
    assert card is not None
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)


def test_given_the_sample_when_the_page_opens_then_there_is_a_card_for_each_channel_with_its_health(sample_desktop: Desktop, open_page: Open) -> None:
    store = sample_desktop.kit.store
    hand_over(store, 1)
    for delivery in ledger.listed(store.conn, (State.QUEUED,)):
        ends = {"Locked group (refuses)": State.REJECTED, "Newsletter": State.SENT}
        becomes = ends.get(connections.channel(store, delivery.channel_id).name)
        if becomes is not None:
            settle_as(store, delivery, becomes)
    page = open_page(sample_desktop)
    shown = [card.tile.name for section in page.sections.values() for card in section.tiles.buttons]
    assert shown == [channel.name for channel in connections.channels(store)]
    assert card_text(page, named(sample_desktop, "Locked")).endswith(": Last message refused")
    assert card_text(page, named(sample_desktop, "Newsletter")).endswith(": Works")
    assert card_text(page, named(sample_desktop, "Plant lovers")).endswith(": 1 waits for you")


def test_given_a_card_when_it_is_pressed_then_the_channel_opens_and_every_control_has_a_name(
    qtbot: QtBot, sample_desktop: Desktop, open_page: Open
) -> None:
    page = open_page(sample_desktop)
    press(qtbot, page, named(sample_desktop, "Newsletter"))
    assert page.channel_inspector.isVisible()
    assert page.channel_inspector.name.line.text() == "Newsletter"
    assert not nameless(page)


def test_given_the_keyboard_alone_when_arrows_and_enter_are_pressed_then_that_channel_opens_and_escape_closes_it(
    qtbot: QtBot, sample_desktop: Desktop, open_page: Open
) -> None:
    page = open_page(sample_desktop)
    first = next(iter(page.sections.values())).tiles
    assert page.window().focusWidget() is first.buttons[0]
    qtbot.keyClick(first.buttons[0], Qt.Key.Key_Right)
    assert page.window().focusWidget() is first.buttons[1]
    qtbot.keyClick(first.buttons[1], Qt.Key.Key_Return)
    assert page.channel_inspector.name.line.text() == "Newsletter"
    qtbot.keyClick(page.channel_inspector.name.line, Qt.Key.Key_Escape)
    assert not page.channel_inspector.isVisible()
    assert page.window().focusWidget() is first.buttons[1]


def test_given_a_new_name_when_enter_is_pressed_then_the_card_has_it_and_undo_gives_the_old_one_back(
    qtbot: QtBot, sample_desktop: Desktop, open_page: Open
) -> None:
    page = open_page(sample_desktop)
    channel = named(sample_desktop, "Newsletter")
    press(qtbot, page, channel)
    line = page.channel_inspector.name.line
    line.selectAll()
    qtbot.keyClicks(line, "Town letter")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert card_text(page, channel).startswith("Town letter")
    sample_desktop.kit.operations.undo()
    qtbot.waitUntil(lambda: card_text(page, channel).startswith("Newsletter"))


def test_given_a_name_that_another_channel_has_when_it_is_typed_then_it_is_refused_in_words_and_stays_to_be_mended(
    qtbot: QtBot, sample_desktop: Desktop, open_page: Open
) -> None:
    page = open_page(sample_desktop)
    press(qtbot, page, named(sample_desktop, "Newsletter"))
    line = page.channel_inspector.name.line
    line.selectAll()
    qtbot.keyClicks(line, "Garden forum")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "Garden forum"
    assert "called Garden forum already" in line.toolTip()
    assert named(sample_desktop, "Newsletter").name == "Newsletter"


def test_given_a_channel_when_it_is_paused_then_its_card_says_so_and_it_can_be_resumed(
    qtbot: QtBot, sample_desktop: Desktop, open_page: Open
) -> None:
    page = open_page(sample_desktop)
    channel = named(sample_desktop, "Newsletter")
    press(qtbot, page, channel)
    qtbot.mouseClick(page.channel_inspector.pause, Qt.MouseButton.LeftButton)
    assert card_text(page, channel).endswith(": Paused")
    assert ledger.paused(sample_desktop.kit.store.conn) == [channel.id]
    qtbot.mouseClick(page.channel_inspector.pause, Qt.MouseButton.LeftButton)
    assert ledger.paused(sample_desktop.kit.store.conn) == []


def test_given_a_channel_when_it_is_deleted_and_undone_then_what_was_planned_for_it_is_planned_again(
    qtbot: QtBot, sample_desktop: Desktop, open_page: Open
) -> None:
    page = open_page(sample_desktop)
    channel = named(sample_desktop, "Garden forum")
    planned = [one.id for one in ledger.listed(sample_desktop.kit.store.conn, (State.QUEUED,)) if one.channel_id == channel.id]
    assert planned
    press(qtbot, page, channel)
    page.do("delete")
    assert sample_desktop.said[-1].text.startswith(f"Deleted the channel Garden forum, and {len(planned)} message")
    assert page.sections[channel.connection_id].tiles.button(channel.id) is None
    assert not page.channel_inspector.isVisible()
    sample_desktop.kit.operations.undo()
    qtbot.waitUntil(lambda: page.sections[channel.connection_id].tiles.button(channel.id) is not None)
    now = [one.id for one in ledger.listed(sample_desktop.kit.store.conn, (State.QUEUED,)) if one.channel_id == channel.id]
    assert now == planned


def test_given_an_address_that_can_t_be_when_it_is_typed_then_it_is_refused_in_words(qtbot: QtBot, sample_desktop: Desktop, open_page: Open) -> None:
    page = open_page(sample_desktop)
    channel = named(sample_desktop, "Garden forum")
    press(qtbot, page, channel)
    editor = page.channel_inspector.fields.editor("address")
    assert not isinstance(editor, QComboBox)
    editor.line.selectAll()
    qtbot.keyClicks(editor.line, "javascript:alert(1)")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert "Belfry opens web pages" in editor.line.toolTip()
    assert named(sample_desktop, "Garden forum").settings["address"] == channel.settings["address"]


def test_given_a_connection_that_was_refused_when_it_is_looked_at_then_it_says_why_and_what_to_do(
    qtbot: QtBot, sample_desktop: Desktop, open_page: Open
) -> None:
    store = sample_desktop.kit.store
    record = connections.connections(store)[0]
    with store.write() as conn:
        connections.set_health(conn, record.id, Health(True, phrase("It was refused. Set it up again.").to_json()))
    page = open_page(sample_desktop)
    assert all(card.tile.state == "Needs you" for card in page.sections[record.id].tiles.buttons)
    qtbot.mouseClick(page.sections[record.id].mend, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.connection_inspector.check, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not connections.health(store, record.id).paused)
    qtbot.waitUntil(lambda: any(notice.text.startswith("It works") for notice in sample_desktop.said))


def test_given_something_that_waits_when_post_by_hand_is_pressed_then_the_runner_opens(
    qtbot: QtBot, sample_desktop: Desktop, open_page: Open
) -> None:
    hand_over(sample_desktop.kit.store, 2)
    page = open_page(sample_desktop)
    assert page.walk.text() == "Post 2 by hand"
    qtbot.mouseClick(page.walk, Qt.MouseButton.LeftButton)
    assert sample_desktop.window is not None
    assert isinstance(sample_desktop.window.pages.page, Runner)


def test_given_messages_in_practice_when_its_chat_is_open_then_they_stand_there_and_a_new_one_appears(
    qtbot: QtBot, qtmodeltester: object, sample_desktop: Desktop, open_page: Open
) -> None:
    channel = named(sample_desktop, "Neighbours")
    shelf = StoreShelf(sample_desktop.kit.store, channel.connection_id)

    def arrive(number: int) -> None:
        now = sample_desktop.kit.program.clock.now()
        shelf.append(posted(PracticeMessage(str(number), f"key{number}", channel.name, "neighbours", f"Hello {number}", now)))

    arrive(1)
    page = open_page(sample_desktop)
    page.do("practice")
    model = page.practice.model
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["Hello 1"]
    arrive(2)
    page.hear(EVERYTHING)
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["Hello 1", "Hello 2"]
    qtmodeltester.check(model)  # type: ignore[attr-defined]  # pytest-qt's fixture
    qtbot.keyClick(page.practice.groups, Qt.Key.Key_Escape)
    assert not page.practice.isVisible()


@pytest.mark.parametrize("answer", ["rate-limit", "rejected", "silence", "ok"])
def test_given_a_practice_group_when_another_answer_is_chosen_then_it_is_kept(
    qtbot: QtBot, sample_desktop: Desktop, open_page: Open, answer: str
) -> None:
    page = open_page(sample_desktop)
    page.do("practice")
    box = page.practice.fields.editor("answer")
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(answer))
    box.activated.emit(box.currentIndex())
    assert named(sample_desktop, "Neighbours").settings["answer"] == answer
    assert page.practice.fields.editor("wait").isVisible() is (answer == "rate-limit")


def test_given_an_empty_community_when_practice_is_tried_then_there_is_a_card(qtbot: QtBot, empty_desktop: Desktop, open_page: Open) -> None:
    page = open_page(empty_desktop)
    trying = next(one for one in page.findChildren(QPushButton) if one.text() == "Try it with Practice")
    qtbot.mouseClick(trying, Qt.MouseButton.LeftButton)
    assert [channel.name for channel in connections.channels(empty_desktop.kit.store)] == ["Practice group"]
    assert page.channel_inspector.isVisible()


def test_given_the_whole_connection_when_it_is_deleted_then_its_channels_go_with_it_and_come_back_with_undo(
    qtbot: QtBot, sample_desktop: Desktop, open_page: Open
) -> None:
    page = open_page(sample_desktop)
    store = sample_desktop.kit.store
    before = [channel.id for channel in connections.channels(store)]
    record = connections.connections(store)[1]
    qtbot.mouseClick(page.sections[record.id].more, Qt.MouseButton.LeftButton)
    delete = next(one for one in page.connection_inspector.findChildren(QPushButton) if one.text() == "Delete it with its channels")
    qtbot.mouseClick(delete, Qt.MouseButton.LeftButton)
    assert record.id not in page.sections
    assert not page.connection_inspector.isVisible()
    sample_desktop.kit.operations.undo()
    qtbot.waitUntil(lambda: [channel.id for channel in connections.channels(store)] == before)
