"""Every row of services.md's table for Telegram, by the real client over real HTTP; the contract suite has the common ones too."""

import asyncio
import traceback

import pytest

from helpers.contract import VERDICTS, Verdict
from helpers.contract import Fault as ContractFault
from helpers.telegram_contract import QUICK, telegram_world
from helpers.telegram_faults import Answer, Fault
from helpers.telegram_server import TelegramServer
from integrations.base import AuthenticationFailed, Context, Rejected, RetryLater, SendError, Target, Unsure
from integrations.message import Attachment, AttachmentKind, Message, from_plain
from integrations.telegram.connection import TelegramConnection
from integrations.telegram.request import Timeouts

pytestmark = pytest.mark.anyio

HELLO = Message(from_plain("Hello"))
DOCUMENT = Message(HELLO.body, (Attachment(AttachmentKind.DOCUMENT, "a.pdf", "application/pdf", b"%PDF" + bytes(3_000_000)),))

UNSURE = [
    Answer.CLOSE_ON_ACCEPT,
    Answer.CLOSE,
    Answer.RESET,
    Answer.NOTHING,
    Answer.HALF,
    Answer.ERROR_500,
    Answer.HTML_502,
    Answer.HTML_403,
    Answer.REDIRECT,
    Answer.NOT_JSON,
    Answer.NO_RESULT,
    Answer.ODD_RESULT,
    Answer.FLOOD_HTML,
]


async def verdict_of(telegram: TelegramConnection, message: Message, target: str) -> SendError:
    with pytest.raises(SendError) as caught:
        await telegram.send(message, Target(target), "key")
    return caught.value


@pytest.mark.parametrize("message", [HELLO, DOCUMENT], ids=["text", "document"])
@pytest.mark.parametrize("posts", [False, True], ids=["lost", "posted"])
@pytest.mark.parametrize("answer", UNSURE, ids=lambda answer: answer.name)
async def test_given_no_clear_answer_when_the_request_has_left_then_it_is_unsure_whether_it_was_posted_or_not(
    server: TelegramServer, telegram: TelegramConnection, answer: Answer, posts: bool, message: Message
) -> None:
    group = server.add_group()
    server.script(Fault(answer, posts=posts))
    error = await verdict_of(telegram, message, str(group.id))
    assert type(error) is Unsure
    assert "look there" in str(error)
    assert len(server.posted()) == (1 if posts and answer is not Answer.CLOSE_ON_ACCEPT else 0)
    assert len(server.received()) == (0 if answer is Answer.CLOSE_ON_ACCEPT else 1), "nothing is tried again by itself"


@pytest.mark.parametrize("fault", [fault for fault in ContractFault if VERDICTS[fault] is Verdict.NOT_SENT], ids=lambda fault: fault.name)
async def test_given_no_way_there_when_sent_again_and_again_then_it_is_never_unsure_and_nothing_is_posted(fault: ContractFault) -> None:
    async with telegram_world(busy=fault is ContractFault.POOL_TIMEOUT) as world:
        world.stage(fault)
        for message in (HELLO, DOCUMENT, HELLO):
            with pytest.raises(RetryLater) as caught:
                await world.connection.send(message, world.target, "key")
            assert caught.value.after is None
            assert ("certificate" in str(caught.value)) == (fault is ContractFault.TLS_FAILURE)
        world.mend()
        assert world.received() == []


async def test_given_a_proxy_that_lets_nobody_through_when_sent_then_nothing_has_left(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    proxy = await asyncio.start_server(refuse, "127.0.0.1", 0)
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.sockets[0].getsockname()[1]}")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    telegram = TelegramConnection("123456789:" + "x" * 35, "https://telegram.invalid", context, QUICK)
    async with proxy:
        assert type(await verdict_of(telegram, HELLO, "-100123")) is RetryLater
    await telegram.close()


@pytest.mark.parametrize(("answer", "kind"), [(Answer.UNAUTHORIZED, AuthenticationFailed), (Answer.NOT_FOUND, AuthenticationFailed)])
async def test_given_a_token_that_was_revoked_when_sent_then_the_credentials_are_at_fault(
    server: TelegramServer, telegram: TelegramConnection, answer: Answer, kind: type[SendError]
) -> None:
    group = server.add_group()
    server.script(answer)
    assert type(await verdict_of(telegram, HELLO, str(group.id))) is kind


async def test_given_a_flood_wait_when_sent_then_exactly_that_time_is_asked_for(server: TelegramServer, telegram: TelegramConnection) -> None:
    group = server.add_group()
    for seconds in (1, 41, 86_400):
        server.script(Fault(Answer.FLOOD, retry_after=seconds))
        error = await verdict_of(telegram, HELLO, str(group.id))
        assert isinstance(error, RetryLater)
        assert error.after is not None
        assert error.after.total_seconds() == seconds


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Fault(Answer.TOO_LARGE), "file is too large"),
        (Fault(Answer.FORBIDDEN, text="Forbidden: bot was kicked from the group chat"), "removed from this group"),
        (Fault(Answer.FORBIDDEN, text="Forbidden: bot is not a member of the channel chat"), "removed from this group"),
        (Fault(Answer.FORBIDDEN, text="Forbidden: the group chat was deleted"), "group is gone"),
        (Fault(Answer.REFUSED, text="Bad Request: group chat was deactivated"), "group is gone"),
        (Fault(Answer.REFUSED, text="Bad Request: chat not found"), "no such group"),
        (Fault(Answer.REFUSED, text="Bad Request: not enough rights to send photos to the chat"), "may not post"),
        (Fault(Answer.REFUSED, text="Bad Request: need administrator rights in the channel chat"), "may not post"),
        (Fault(Answer.REFUSED, text="Bad Request: CHAT_WRITE_FORBIDDEN"), "may not post"),
        (Fault(Answer.REFUSED, text="Bad Request: message thread not found"), "topic is gone"),
        (Fault(Answer.REFUSED, text="Bad Request: TOPIC_DELETED"), "topic is gone"),
        (Fault(Answer.REFUSED, text="Bad Request: TOPIC_CLOSED"), "topic is closed"),
        (Fault(Answer.REFUSED, text="Bad Request: message caption is too long"), "too long"),
        (Fault(Answer.REFUSED, text="Bad Request: can't parse entities: Unsupported start tag"), "formatting"),
        (Fault(Answer.REFUSED, text="Bad Request: IMAGE_PROCESS_FAILED"), "Send it as a document"),
        (Fault(Answer.REFUSED, text="Bad Request: SOMETHING_NEW"), "It says: Something_new"),
        (Fault(Answer.FORBIDDEN, text="Forbidden: a new reason"), "It says: Forbidden: a new reason"),
    ],
    ids=lambda value: value.text if isinstance(value, Fault) else "",
)
async def test_given_a_refusal_when_sent_then_it_is_rejected_with_what_to_do(
    server: TelegramServer, telegram: TelegramConnection, fault: Fault, said: str
) -> None:
    group = server.add_group()
    server.script(fault)
    error = await verdict_of(telegram, HELLO, str(group.id))
    assert type(error) is Rejected
    assert said in str(error)


async def test_given_a_server_that_drips_when_the_whole_time_is_over_then_it_is_unsure(server: TelegramServer, context: Context) -> None:
    group = server.add_group()
    server.script(Answer.NOTHING)
    telegram = TelegramConnection(server.token, server.url, context, Timeouts(read=60, whole=0.3))
    assert type(await verdict_of(telegram, HELLO, str(group.id))) is Unsure
    await telegram.close()


@pytest.mark.parametrize("answer", UNSURE, ids=lambda answer: answer.name)
async def test_given_no_clear_answer_to_a_question_then_it_may_simply_be_asked_again(
    server: TelegramServer, telegram: TelegramConnection, answer: Answer
) -> None:
    server.script(answer, times=None, method="*")
    for ask in (telegram.check(), telegram.targets(), telegram.refresh()):
        with pytest.raises(RetryLater):
            await ask
    server.mend()
    await telegram.check()


async def test_given_an_error_when_it_is_raised_then_none_of_the_librarys_hangs_on_to_it(
    server: TelegramServer, telegram: TelegramConnection
) -> None:
    group = server.add_group()
    server.script(Answer.RESET)
    error = await verdict_of(telegram, HELLO, str(group.id))
    assert (error.__cause__, error.__context__) == (None, None)
    shown = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    assert server.token not in shown.replace(f"token = {server.token!r}", "")
