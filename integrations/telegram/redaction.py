"""The bot's token stands in every address of the Bot API, and httpx and python-telegram-bot log addresses: here it is taken out."""

import logging
import re

_TOKEN = re.compile(r"(?<![0-9])[0-9]+(?::|%3A)[A-Za-z0-9_-]{20,}")
_LOGGERS = (
    "httpx",
    "httpcore.connection",
    "httpcore.http11",
    "httpcore.proxy",
    "telegram.Bot",
    "telegram.request.BaseRequest",
    "telegram.request.HTTPXRequest",
)


def redacted(text: str) -> str:
    """The text with anything that looks like a bot's token taken out."""
    return _TOKEN.sub("<token>", text)


class _Redact(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redacted(record.getMessage()), None
        if record.exc_info:
            record.exc_text = redacted(logging.Formatter().formatException(record.exc_info))
            record.exc_info = None
        return True


_REDACT = _Redact()


def keep_tokens_out_of_logs() -> None:
    """Filter the loggers that see addresses, at any level; harmless to repeat. By pattern, so that no list of tokens has to be kept."""
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_REDACT)
