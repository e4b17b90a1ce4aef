"""How channels and connections are spoken of: their health in a word, the fields of services in plain words."""

from dataclasses import dataclass

from desktop.actions.connect import service
from desktop.community.connections import Channel, ConnectionRecord, Health
from desktop.community.deliveries import Delivery, State
from desktop.community.errors import Refused
from desktop.store import connections
from desktop.store.channel_news import ChannelNews
from desktop.store.database import Store
from integrations.base import Capability, Field
from resources.translations import Phrase, _, mark, ngettext

_CHOICES = {
    ("answer", "ok"): mark("Takes the message"),
    ("answer", "rate-limit"): mark("Asks to wait"),
    ("answer", "rejected"): mark("Refuses the message"),
    ("answer", "silence"): mark("Takes it and never says so"),
    ("answer", "lost"): mark("Loses it and never says so"),
    ("answer", "offline"): mark("Can’t be reached"),
    ("answer", "credentials"): mark("Refuses the account"),
    ("answer", "moved"): mark("Has moved to a new address"),
    ("formatting", "whatsapp"): mark("As WhatsApp does (*bold*)"),
    ("formatting", "plain"): mark("No formatting at all"),
    ("formatting", "markdown"): mark("Markdown (**bold**)"),
    ("account", "ok"): mark("Accepted"),
    ("account", "refused"): mark("Refused"),
}
ONLY_WITH = {"wait": ("answer", "rate-limit")}
"""Fields that mean something only while another one has this value."""
_STATES = {
    State.HELD: (mark("Waits for approval"), "warn"),
    State.QUEUED: (mark("Planned"), "text_quiet"),
    State.WAITING: (mark("Waits for you"), "warn"),
    State.SENDING: (mark("On its way"), "info"),
    State.SENT: (mark("Sent"), "good"),
    State.REJECTED: (mark("Refused"), "bad"),
    State.UNSURE: (mark("Unsure"), "warn"),
    State.MISSED: (mark("Missed"), "warn"),
    State.SKIPPED: (mark("Left out"), "text_quiet"),
    State.CANCELLED: (mark("Taken back"), "text_quiet"),
}
ICONS = {"telegram": "send", "byhand": "hand", "practice": "message-circle"}


@dataclass(frozen=True, slots=True)
class Word:
    """A state in a word or two, with the name of its colour and an icon."""

    text: str
    tone: str
    icon: str


def choice(field: Field, value: str) -> str:
    """How a value of a field is called."""
    known = _CHOICES.get((field.name, value))
    return _(known) if known else value


def state(delivery: Delivery) -> tuple[str, str]:
    """The state of a delivery, and the name of its colour."""
    text, tone = _STATES[delivery.state]
    return _(text), tone


def service_icon(service_id: str) -> str:
    """The icon of a service."""
    return ICONS.get(service_id, "radio")


def channel_word(record: ConnectionRecord, of_connection: Health, own: Health, news: ChannelNews) -> Word:
    """How a channel fares, the most important thing first."""
    if of_connection.paused:
        return Word(_("Needs you"), "bad", "circle-alert")
    if own.paused:
        return Word(_("Paused"), "warn", "pause")
    if news.waiting:
        return Word(ngettext("{n} waits for you", "{n} wait for you", news.waiting).format(n=news.waiting), "warn", "hand")
    match news.last.state if news.last else None:
        case State.REJECTED:
            return Word(_("Last message refused"), "bad", "circle-alert")
        case State.UNSURE:
            return Word(_("Last message unsure"), "warn", "circle-help")
        case State.SENT:
            return Word(_("Works"), "good", "circle-check")
        case _ if _declares_by_hand(record):
            return Word(_("Ready"), "good", "circle-check")
        case _ if of_connection.identity or record.service == "practice":
            return Word(_("Ready"), "good", "circle-check")
        case _:
            return Word(_("Not tried yet"), "text_quiet", "circle")


def connection_word(record: ConnectionRecord, health: Health) -> Word:
    """How a connection fares."""
    if health.paused:
        return Word(_("Needs you"), "bad", "circle-alert")
    if _declares_by_hand(record) or record.service == "practice" or health.identity:
        return Word(_("Works"), "good", "circle-check")
    return Word(_("Not checked yet"), "text_quiet", "circle")


def reason(health: Health) -> str:
    """Why it is paused, in words; empty where it is not."""
    return str(Phrase.from_json(health.reason)) if health.paused and health.reason else ""


def by_hand(store: Store, channel: Channel) -> bool:
    """Whether a person posts there."""
    return _declares_by_hand(connections.connection(store, channel.connection_id))


def service_name(service_id: str) -> str:
    """The service's name, as the reader knows it."""
    try:
        return _(service(service_id).name)
    except Refused:
        return service_id


def _declares_by_hand(record: ConnectionRecord) -> bool:
    try:
        return Capability.BY_HAND in service(record.service)
    except Refused:
        return False
