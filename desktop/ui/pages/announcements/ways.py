"""How a channel is reached, in words: the service's name, or that a person posts there."""

from desktop.actions.connect import service
from desktop.community.connections import Channel
from desktop.community.errors import Refused
from desktop.store import connections
from desktop.store.database import Store
from integrations.base import Capability
from resources.translations import _


def service_of(store: Store, channel: Channel) -> str:
    """The id of the service; empty where its connection is gone."""
    try:
        return connections.connection(store, channel.connection_id).service
    except Refused:
        return ""


def way_of(store: Store, channel: Channel) -> str:
    """`Telegram`, `by hand`; empty where it is not known."""
    try:
        declared = service(service_of(store, channel))
    except Refused:
        return ""
    return _("by hand") if Capability.BY_HAND in declared else declared.name
