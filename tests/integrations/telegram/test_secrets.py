"""The bot's token is a canary: whatever goes wrong, however much is logged, it shows nowhere. And the manifest is cheap to read."""

import json
import logging
import subprocess
import sys
import traceback
from collections.abc import Awaitable, Callable

import pytest

from helpers.telegram_contract import QUICK
from helpers.telegram_faults import Answer
from helpers.telegram_server import TelegramServer
from integrations.base import Context, SendError, Target
from integrations.message import Attachment, AttachmentKind, Message, from_plain
from integrations.telegram.connection import TelegramConnection
from integrations.telegram.redaction import redacted

pytestmark = pytest.mark.anyio

CANARY = "123456789:CANARY-canary_CANARY-canary_CANARY0"
FILE = Attachment(AttachmentKind.DOCUMENT, "a.pdf", "application/pdf", b"%PDF-1.7")


def shows(text: str) -> bool:
    return CANARY.partition(":")[2] in text


async def error_of(ask: Callable[[], Awaitable[object]]) -> SendError | None:
    try:
        await ask()
    except SendError as error:
        return error
    return None


def test_given_a_token_in_an_address_when_redacted_then_only_the_token_is_gone() -> None:
    assert redacted(f"POST https://api.telegram.org/bot{CANARY}/sendMessage 12:30") == "POST https://api.telegram.org/bot<token>/sendMessage 12:30"
    assert not shows(redacted(CANARY.replace(":", "%3A")))


@pytest.mark.parametrize("answer", [None, *Answer], ids=lambda answer: answer.name if answer else "well")
async def test_given_everything_is_logged_when_anything_goes_wrong_then_the_token_is_nowhere(
    answer: Answer | None, context: Context, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with TelegramServer(CANARY) as server:
        group = server.add_group()
        telegram = TelegramConnection(CANARY, server.url, context, QUICK)
        if answer is not None:
            server.script(answer, times=None, method="*")
        target = Target(str(group.id))
        asked = (
            telegram.check,
            telegram.targets,
            telegram.refresh,
            lambda: telegram.send(Message(from_plain("x")), target, "key"),
            lambda: telegram.send(Message(from_plain("x"), (FILE,)), target, "key"),
            lambda: telegram.edit("101", Message(from_plain("y")), target),
            lambda: telegram.delete("101", target),
        )
        for ask in asked:
            error = await error_of(ask)
            if error is not None:
                assert not shows("".join(traceback.format_exception(error)))
                assert not shows(repr((error, error.args, vars(error), error.reason.to_json())))
                assert (error.__cause__, error.__context__) == (None, None)
        await telegram.close()
        assert not shows(repr((telegram, str(telegram), telegram._line.bot, telegram._line.request)))
    assert not shows(json.dumps(context.shelf.read()))
    logged = [record for record in caplog.records if record.name.partition(".")[0] in ("httpx", "telegram")]
    assert logged, "the libraries did log"
    assert any("<token>" in record.getMessage() for record in logged) or answer is Answer.CLOSE_ON_ACCEPT
    for record in caplog.records:
        assert not shows(f"{record.getMessage()} {record.args} {record.exc_text}"), record.name
        assert record.levelno < logging.WARNING, record.getMessage()


async def test_given_an_address_that_httpx_can_not_read_when_sent_then_even_its_complaint_is_without_the_token(
    context: Context, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    telegram = TelegramConnection(CANARY, "http://127.0.0.1:99999999", context, QUICK)
    with pytest.raises(SendError) as caught:
        await telegram.check()
    await telegram.close()
    assert not shows("".join(traceback.format_exception(caught.value)) + caplog.text)


def test_given_an_error_with_its_traceback_when_a_library_logs_it_then_it_is_redacted_too(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise RuntimeError(f"https://api.telegram.org/bot{CANARY}/getMe")
    except RuntimeError:
        logging.getLogger("telegram.Bot").exception("it failed at %s", CANARY)
    assert "RuntimeError" in caplog.text
    assert not shows(caplog.text)


def test_given_the_manifest_when_read_then_no_library_of_the_service_is_imported() -> None:
    asked = "import sys, integrations.telegram as t; t.MANIFEST.render; print([m for m in sys.modules if m.split('.')[0] in ('telegram', 'httpx')])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
