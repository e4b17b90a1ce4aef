"""Connecting places: by hand with presets, and Telegram from BotFather to the test message, against a Telegram on loopback."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.actions import telegram_setup
from desktop.actions.by_hand_places import PRESETS, Preset
from desktop.store import connections
from desktop.ui.pages.channels.connect_dialog import ConnectDialog, Start
from desktop.ui.pages.channels.page import ChannelsPage
from helpers.accessible import nameless
from helpers.loop_engine import LoopEngine
from helpers.telegram_faults import Answer
from helpers.telegram_server import TelegramServer
from helpers.telegram_world import Member
from helpers.window import Desktop

Open = Callable[[Desktop], ChannelsPage]
ANSWERS = {"facebook": "facebook.com/groups/choir", "reddit": "r/lisbon", "discord": "https://discord.com/channels/1/2"}


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.id)
def test_given_a_preset_when_it_is_filled_in_with_the_keyboard_then_there_is_a_channel_that_opens_something(
    qtbot: QtBot, empty_desktop: Desktop, open_page: Open, preset: Preset
) -> None:
    page = open_page(empty_desktop)
    dialog = page.open_steps(Start.CHOOSE)
    tile = dialog.hand.button(f"hand-{preset.id}")
    assert tile is not None
    qtbot.keyClick(tile, Qt.Key.Key_Return)
    assert dialog.forth.isEnabled() is not preset.needed
    if preset.asks:
        qtbot.keyClicks(dialog.by_hand.address, ANSWERS.get(preset.id, ""))
    qtbot.keyClick(dialog.by_hand.name, Qt.Key.Key_Return)
    [channel] = connections.channels(empty_desktop.kit.store)
    assert channel.settings["formatting"] == preset.formatting
    assert bool(channel.settings.get("address")) is (preset.id not in ("whatsapp", "other"))
    assert page.channel_inspector.isVisible()


def test_given_reddit_when_only_the_name_is_typed_then_the_address_is_made_of_it(qtbot: QtBot, empty_desktop: Desktop, open_page: Open) -> None:
    dialog = open_page(empty_desktop).open_steps(Start.CHOOSE)
    dialog.choose("hand-reddit")
    qtbot.keyClicks(dialog.by_hand.address, "/r/lisbon/")
    qtbot.mouseClick(dialog.forth, Qt.MouseButton.LeftButton)
    [channel] = connections.channels(empty_desktop.kit.store)
    assert channel.settings["address"] == "https://www.reddit.com/r/lisbon"


def test_given_an_address_that_can_t_be_when_it_is_added_then_the_form_says_so_and_nothing_is_kept(
    qtbot: QtBot, empty_desktop: Desktop, open_page: Open
) -> None:
    dialog = open_page(empty_desktop).open_steps(Start.CHOOSE)
    dialog.choose("hand-other")
    qtbot.keyClicks(dialog.by_hand.address, "file:///etc/passwd")
    qtbot.mouseClick(dialog.forth, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert connections.channels(empty_desktop.kit.store) == []
    assert connections.connections(empty_desktop.kit.store) == []


def token_step(page: ChannelsPage, telegram: TelegramServer) -> ConnectDialog:
    QGuiApplication.clipboard().clear()
    dialog = page.open_steps(Start.CHOOSE)
    dialog.choose("telegram")
    dialog.token.server.setText(telegram.url)
    return dialog


def greeted(qtbot: QtBot, page: ChannelsPage, telegram: TelegramServer) -> ConnectDialog:
    dialog = token_step(page, telegram)
    QGuiApplication.clipboard().setText(f"Done! Use this token to access the HTTP API:\n{telegram.token}\nKeep your token secure.")
    qtbot.waitUntil(lambda: dialog.groups.add.isVisible() and dialog.groups.add.isEnabled(), timeout=15_000)
    return dialog


def test_given_telegram_when_the_whole_way_is_gone_then_bot_group_and_test_message_are_there(
    qtbot: QtBot, empty_desktop: Desktop, open_page: Open, telegram: TelegramServer
) -> None:
    page = open_page(empty_desktop)
    dialog = token_step(page, telegram)
    assert not nameless(dialog)
    qtbot.mouseClick(dialog.token.open, Qt.MouseButton.LeftButton)
    assert empty_desktop.opener.addresses == ["https://t.me/BotFather?text=%2Fnewbot"]
    assert QGuiApplication.clipboard().text() == "Riverside Choir announcements"
    QGuiApplication.clipboard().setText(f"Done! Use this token to access the HTTP API:\n{telegram.token}\nKeep your token secure.")
    groups = dialog.groups
    qtbot.waitUntil(lambda: groups.add.isVisible() and groups.add.isEnabled(), timeout=15_000)
    assert not nameless(dialog)
    [record] = connections.connections(empty_desktop.kit.store)
    assert [secret.reveal() for secret in empty_desktop.program.vault.kept.values()] == [telegram.token]
    assert telegram.token not in str(record)
    qtbot.mouseClick(groups.add, Qt.MouseButton.LeftButton)
    assert empty_desktop.opener.addresses[-1].endswith("&admin=pin_messages")
    telegram.add_group("Neighbours")
    qtbot.waitUntil(lambda: bool(groups.rows), timeout=15_000)
    [row] = groups.rows.values()
    qtbot.mouseClick(row.use, Qt.MouseButton.LeftButton)
    [channel] = connections.channels(empty_desktop.kit.store)
    assert (channel.name, channel.target) == ("Neighbours", "-1001234567890")
    qtbot.mouseClick(row.try_it, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: row.state.text() == "The test message is there", timeout=15_000)
    assert [posted.text for posted in telegram.posted()] == ["Hello! From now on the announcements of Riverside Choir appear here."]
    qtbot.mouseClick(dialog.forth, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    assert page.channel_inspector.isVisible()
    assert connections.health(empty_desktop.kit.store, record.id).identity


def test_given_a_token_that_telegram_refuses_when_it_is_tried_then_a_sentence_says_so_and_nothing_is_kept(
    qtbot: QtBot, empty_desktop: Desktop, open_page: Open, telegram: TelegramServer
) -> None:
    dialog = token_step(open_page(empty_desktop), telegram)
    dialog.token.line.setText("123456789:" + "A" * 35)
    qtbot.keyClick(dialog.token.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "does not accept" in dialog.token.said, timeout=15_000)
    assert dialog.forth.isEnabled()
    assert connections.connections(empty_desktop.kit.store) == []
    assert empty_desktop.program.vault.kept == {}


def test_given_something_that_is_no_token_when_it_is_typed_then_nobody_is_asked(
    qtbot: QtBot, empty_desktop: Desktop, open_page: Open, telegram: TelegramServer
) -> None:
    dialog = token_step(open_page(empty_desktop), telegram)
    qtbot.keyClicks(dialog.token.line, "my bot")
    qtbot.mouseClick(dialog.forth, Qt.MouseButton.LeftButton)
    assert "not a bot's token" in dialog.token.said
    assert telegram.received() == []


def test_given_telegram_that_can_t_be_reached_when_the_bot_waits_for_groups_then_it_says_so_and_goes_on(
    qtbot: QtBot, empty_desktop: Desktop, open_page: Open, telegram: TelegramServer
) -> None:
    telegram.script(Answer.ERROR_500, method="getupdates", times=3)
    dialog = greeted(qtbot, open_page(empty_desktop), telegram)
    qtbot.waitUntil(lambda: "no answer that Belfry can read" in dialog.groups.said, timeout=15_000)
    telegram.add_group("Neighbours")
    qtbot.waitUntil(lambda: bool(dialog.groups.rows), timeout=20_000)


def test_given_a_bot_that_may_not_post_when_the_test_message_is_sent_then_the_row_says_what_to_do(
    qtbot: QtBot, empty_desktop: Desktop, open_page: Open, telegram: TelegramServer
) -> None:
    dialog = greeted(qtbot, open_page(empty_desktop), telegram)
    chat = telegram.add_group("Neighbours")
    qtbot.waitUntil(lambda: bool(dialog.groups.rows), timeout=15_000)
    [row] = dialog.groups.rows.values()
    qtbot.mouseClick(row.use, Qt.MouseButton.LeftButton)
    with telegram.world.lock:
        chat.member = Member.RESTRICTED
    qtbot.mouseClick(row.try_it, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "may not post" in row.problem.text(), timeout=15_000)
    assert row.try_it.isEnabled()


def test_given_somebody_else_who_is_admin_when_that_is_said_then_there_is_a_message_to_send_to_them(
    qtbot: QtBot, empty_desktop: Desktop, open_page: Open, telegram: TelegramServer
) -> None:
    groups = greeted(qtbot, open_page(empty_desktop), telegram).groups
    qtbot.mouseClick(groups.not_admin, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(groups.copy_message, Qt.MouseButton.LeftButton)
    assert "Riverside Choir" in QGuiApplication.clipboard().text()
    assert "?startgroup=" in QGuiApplication.clipboard().text()
    qtbot.mouseClick(groups.share, Qt.MouseButton.LeftButton)
    assert empty_desktop.opener.addresses[-1].startswith("https://t.me/share/url?url=https%3A%2F%2Ft.me%2F")


def test_given_the_steps_when_they_are_closed_then_nobody_reads_the_bot_s_updates_any_more(
    qtbot: QtBot, empty_desktop: Desktop, open_page: Open, telegram: TelegramServer, engine: LoopEngine
) -> None:
    dialog = greeted(qtbot, open_page(empty_desktop), telegram)
    telegram.add_group("Neighbours")
    qtbot.waitUntil(lambda: bool(dialog.groups.rows), timeout=15_000)
    assert engine.under_way() == 1
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: engine.under_way() == 0)


def test_given_a_bot_that_is_there_when_another_group_is_wanted_then_its_token_is_not_asked_for_again(
    qtbot: QtBot, empty_desktop: Desktop, open_page: Open, telegram: TelegramServer
) -> None:
    page = open_page(empty_desktop)
    greeted(qtbot, page, telegram).reject()
    again = page.open_steps(Start.CHOOSE)
    again.choose("telegram")
    qtbot.waitUntil(lambda: again.groups.add.isVisible() and again.groups.add.isEnabled(), timeout=15_000)
    telegram.add_group("Garden", id=-1005)
    qtbot.waitUntil(lambda: bool(again.groups.rows), timeout=15_000)


def test_given_a_token_that_was_refused_when_it_is_given_again_then_the_connection_goes_on(
    qtbot: QtBot, empty_desktop: Desktop, open_page: Open, telegram: TelegramServer
) -> None:
    from desktop.actions import channel_edits

    page = open_page(empty_desktop)
    greeted(qtbot, page, telegram).reject()
    store = empty_desktop.kit.store
    [record] = connections.connections(store)
    channel_edits.pause(store, record.id)
    empty_desktop.program.vault.kept.clear()
    QGuiApplication.clipboard().clear()
    page.open_steps(Start.RENEW, record.id)
    QGuiApplication.clipboard().setText(telegram.token)
    qtbot.waitUntil(lambda: any("can post again" in notice.text for notice in empty_desktop.said), timeout=15_000)
    assert not connections.health(store, record.id).paused
    assert [secret.reveal() for secret in empty_desktop.program.vault.kept.values()] == [telegram.token]


@pytest.mark.parametrize(
    ("community", "username"),
    [
        ("Riverside Choir", "riverside_choir_news_bot"),
        ("Élan d’été", "elan_dete_news_bot"),
        ("1. FC Köln", "our_1_fc_koln_news_bot"),
        ("", "our_news_bot"),
    ],
)
def test_given_a_community_when_a_bot_is_named_then_its_username_is_one_that_telegram_takes(community: str, username: str) -> None:
    found = telegram_setup.bot_names(community).username
    assert found == username
    assert 5 <= len(found) <= 32
