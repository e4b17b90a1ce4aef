"""Pictures of the page “Channels”."""

from PySide6.QtWidgets import QWidget

from desktop.actions import channel_edits
from desktop.community.connections import ConnectionRecord, Health
from desktop.community.deliveries import State
from desktop.store import connections, ledger
from desktop.store.connections import StoreShelf
from desktop.store.database import Store
from desktop.store.journal import operation
from desktop.ui.navigation import PageName
from desktop.ui.news import EVERYTHING
from desktop.ui.pages.channels.connect_dialog import ConnectDialog, Start
from desktop.ui.pages.channels.page import ChannelsPage
from helpers.hand import hand_over, settle_as
from helpers.scenes import Community, Scene
from helpers.window import Desktop
from integrations.base import Identity, Receipt, Target
from integrations.practice.inbox import PracticeMessage, posted
from resources.translations import phrase

BOT = Identity("Riverside Choir announcements", "@riverside_choir_news_bot")


def _lived(store: Store) -> None:
    """The states that a sender leaves behind, and a Telegram connection whose token was refused."""
    hand_over(store, 3)
    for delivery in ledger.listed(store.conn, (State.QUEUED,))[:9]:
        name = connections.channel(store, delivery.channel_id).name
        states = {"Locked": State.REJECTED, "Quiet ": State.UNSURE}
        settle_as(store, delivery, states.get(name[:6], State.SENT), "It is so, as the group is set to do.")
    with operation(store, phrase("Set up")) as op:
        record = ConnectionRecord("telegram", "Alvalade announcements", id="connection-telegram")
        connections.put_connection(op, record)
    channel_edits.add_channel(store, record.id, "Alvalade neighbours", "-1001234567890", {})
    with store.write() as conn:
        refused = phrase(
            "Telegram does not accept the bot's token. Open @BotFather in Telegram, copy the token again and enter it. The messages wait."
        )
        connections.set_health(conn, record.id, Health(True, refused.to_json(), "Alvalade announcements", "2026-11-23T10:00:00.000Z"))


def _page(desktop: Desktop) -> ChannelsPage:
    assert desktop.window is not None
    desktop.kit.navigation.go(PageName.CHANNELS)
    page = desktop.window.pages.page
    assert isinstance(page, ChannelsPage)
    return page


def _cards(desktop: Desktop) -> QWidget:
    _lived(desktop.kit.store)
    _page(desktop)
    assert desktop.window is not None
    return desktop.window


def _channel(desktop: Desktop) -> QWidget:
    _lived(desktop.kit.store)
    page = _page(desktop)
    channel = next(one for one in connections.channels(desktop.kit.store) if one.name.startswith("Locked"))
    page.show_record(channel.id)
    return page.window()


def _connection(desktop: Desktop) -> QWidget:
    _lived(desktop.kit.store)
    page = _page(desktop)
    page.sections["connection-telegram"].more.click()
    return page.window()


def _practice(desktop: Desktop) -> QWidget:
    store = desktop.kit.store
    page = _page(desktop)
    channel = next(one for one in connections.channels(store) if one.target == "neighbours")
    texts = (
        "Seed swap: the table is laid 🌱\n\nFrom ten on Saturday in the greenhouse. Bring what you have, take what you need.\n- Tomatoes\n- Beans",
        "Watering this week – the new rota is on the door.",
        "Tomorrow is greenhouse evening. Dulce has the key.",
    )
    for number, text in enumerate(texts, start=1):
        files = ("seed-swap.jpg",) if number == 1 else ()
        message = PracticeMessage(
            str(number), f"k{number}", channel.name, "neighbours", text, desktop.kit.program.clock.now(), number == 3, False, files
        )
        StoreShelf(store, channel.connection_id).append(posted(message))
    page.hear(EVERYTHING)
    page._open_practice(channel.id)
    return page.window()


def _dialog(desktop: Desktop, start: Start = Start.CHOOSE, connection: str = "") -> ConnectDialog:
    return _page(desktop).open_steps(start, connection)


def _form(desktop: Desktop) -> QWidget:
    dialog = _dialog(desktop)
    dialog.choose("hand-reddit")
    return dialog


def _token(desktop: Desktop) -> QWidget:
    dialog = _dialog(desktop)
    dialog.choose("telegram")
    return dialog


def _token_refused(desktop: Desktop) -> QWidget:
    dialog = _dialog(desktop)
    dialog.choose("telegram")
    dialog.token.line.setText("1234567")
    dialog.token.greet()
    return dialog


def _groups(desktop: Desktop) -> ConnectDialog:
    with operation(desktop.kit.store, phrase("Set up")) as op:
        record = ConnectionRecord("telegram", BOT.name, id="connection-telegram")
        connections.put_connection(op, record)
    dialog = _dialog(desktop)
    dialog._add_group(record, BOT)
    return dialog


def _groups_found(desktop: Desktop) -> QWidget:
    dialog = _groups(desktop)
    dialog.groups._found([Target("-1001234567890", "Alvalade neighbours"), Target("-1001234567890/45", "Alvalade neighbours / Garden")])
    dialog.groups.rows["-1001234567890"].use.click()
    dialog.groups.rows["-1001234567890"].arrived(Receipt("1", "https://t.me/c/1234567890/1"))
    return dialog


def _not_admin(desktop: Desktop) -> QWidget:
    dialog = _groups(desktop)
    dialog.groups.not_admin.click()
    return dialog


SCENES = (
    Scene("channels", _cards),
    Scene("channels-empty", lambda desktop: _page(desktop).window(), Community.EMPTY),
    Scene("channels-channel", _channel),
    Scene("channels-connection", _connection),
    Scene("channels-practice", _practice),
    Scene("channels-connect", _dialog),
    Scene("channels-connect-hand", _form),
    Scene("channels-connect-token", _token, Community.EMPTY),
    Scene("channels-connect-refused", _token_refused, Community.EMPTY),
    Scene("channels-connect-groups", _groups, Community.EMPTY),
    Scene("channels-connect-found", _groups_found, Community.EMPTY),
    Scene("channels-connect-not-admin", _not_admin, Community.EMPTY),
)
