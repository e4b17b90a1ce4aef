"""A `Notifier` that remembers."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Heard:
    """What a person was told.

    Attributes:
        said: (title, text) of each notification.
        clicks: what a click on each of them does.
    """

    said: list[tuple[str, str]] = field(default_factory=list)
    clicks: list[Callable[[], object]] = field(default_factory=list)

    def tell(self, key: str, title: str, text: str, clicked: Callable[[], object]) -> None:
        self.said.append((title, text))
        self.clicks.append(clicked)
