"""What the engine tells the rest of the program: one callback takes it all."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.community.deliveries import State
from resources.translations import Phrase


@dataclass(frozen=True, slots=True)
class DeliveryMoved:
    """A delivery is somewhere else now."""

    delivery_id: str
    state: State
    reason: Phrase


@dataclass(frozen=True, slots=True)
class ConnectionPaused:
    """A connection was refused; nothing is sent through it until a person mends it. Told once."""

    connection_id: str
    reason: Phrase


@dataclass(frozen=True, slots=True)
class Halted:
    """Nothing leaves at all until a person acts (a copied file), or until the trouble passes (a full disk)."""

    reason: Phrase


@dataclass(frozen=True, slots=True)
class Resumed:
    """Nothing is in the way of sending: told when a sender begins, and when what `Halted` spoke of is over."""


News = DeliveryMoved | ConnectionPaused | Halted | Resumed
Hear = Callable[[News], None]
