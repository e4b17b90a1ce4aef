"""What can go wrong between a bot and Telegram, as something a test can order from the fake server."""

from dataclasses import dataclass
from enum import Enum


class Answer(Enum):
    """What the client sees."""

    CLOSE_ON_ACCEPT = "the connection is taken and closed before a byte is read"
    CLOSE = "the request is read, then the connection is closed"
    RESET = "the request is read, then the connection is reset"
    NOTHING = "the request is read, no answer ever comes"
    HALF = "the head of an answer and a part of its body, then the end"
    ERROR_500 = "500 with Telegram's own JSON"
    HTML_502 = "502 with the HTML page of a gateway"
    HTML_403 = "403 with the HTML page of somebody in between"
    REDIRECT = "302 to a captive portal"
    NOT_JSON = "200 with a page that is no JSON"
    NO_RESULT = "200 with JSON that is no answer of the Bot API"
    ODD_RESULT = "200, ok, with a result that is no message"
    FLOOD = "429 with retry_after"
    FLOOD_HTML = "429 with the HTML page of a gateway"
    TOO_LARGE = "413 with the HTML page of a gateway"
    UNAUTHORIZED = "401, as for a token that was revoked"
    NOT_FOUND = "404, as for a token that is none"
    REFUSED = "400 with the description in `text`"
    FORBIDDEN = "403 with the description in `text`"
    CONFLICT = "409 with the description in `text`"
    NORMAL = "the true answer (for a slow one: with `seconds`)"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. By default nothing is posted; with `posts` the message is out before it happens.

    Attributes:
        seconds: waited before answering.
        retry_after: seconds, for FLOOD.
        text: the description, for REFUSED, FORBIDDEN and CONFLICT.
    """

    answer: Answer
    posts: bool = False
    seconds: float = 0
    retry_after: int = 3
    text: str = "Bad Request: SOMETHING_NEW"


@dataclass(slots=True)
class Script:
    """A fault and when it strikes.

    Attributes:
        times: how often it still will; None for ever.
        chat: only on calls for this chat id.
        method: only on calls of this method (lower case); None: on all that post, edit or delete.
    """

    fault: Fault
    times: int | None = 1
    chat: int | None = None
    method: str | None = None

    def strikes(self, method: str, chat: int | None) -> bool:
        if self.times == 0 or self.chat not in (None, chat):
            return False
        if self.method is None:
            return method.startswith(("send", "edit", "delete")) and method != "deletewebhook"
        return self.method in ("*", method)

    def struck(self) -> None:
        if self.times is not None:
            self.times -= 1
