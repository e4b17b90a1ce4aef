"""The fake Bot API under aiogram, a client with nothing in common with Belfry's: so that the fake is no mirror of our own client."""

import asyncio
import json
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import BufferedInputFile

from helpers.telegram_faults import Answer, Fault
from helpers.telegram_server import TelegramServer
from helpers.telegram_world import Member

PNG = b"\x89PNG\r\n\x1a\n" + bytes(60)


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer() as running:
        yield running


@asynccontextmanager
async def bot(server: TelegramServer, token: str = "") -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(server.url), timeout=5)
    async with Bot(token or server.token, session=session) as client:
        yield client


def test_given_the_right_token_when_asked_who_it_is_then_the_bot_answers(server: TelegramServer) -> None:
    async def run() -> None:
        async with bot(server) as client:
            me = await client.get_me()
            assert (me.is_bot, me.username, me.can_join_groups) == (True, "neighbours_bell_bot", True)

    asyncio.run(run())


@pytest.mark.parametrize(
    ("token", "error"), [("987654321:" + "x" * 35, TelegramUnauthorizedError), ("987654321:short", TelegramNotFound)], ids=["unknown", "malformed"]
)
def test_given_a_wrong_token_when_anything_is_asked_then_it_is_refused(server: TelegramServer, token: str, error: type[Exception]) -> None:
    async def run() -> None:
        async with bot(server, token) as client:
            with pytest.raises(error):
                await client.get_me()

    asyncio.run(run())


def test_given_html_when_sent_then_the_text_and_its_formatting_arrive(server: TelegramServer) -> None:
    group = server.add_group(forum=True)
    server.world.add_topic(group, 45, "Garden")

    async def run() -> None:
        async with bot(server) as client:
            sent = await client.send_message(
                group.id,
                '<b>Hi</b> \U0001f469 <i>a <s>b</s></i> <a href="https://x.org/?a=1&amp;b=2">l</a> 1 &lt; 2',
                message_thread_id=45,
                parse_mode="HTML",
                disable_notification=True,
            )
            assert sent.text == "Hi \U0001f469 a b l 1 < 2"
            assert [(e.type, e.extract_from(sent.text)) for e in sent.entities or ()] == [
                ("bold", "Hi"),
                ("italic", "a b"),
                ("strikethrough", "b"),
                ("text_link", "l"),
            ]
            assert sent.entities is not None
            assert sent.entities[-1].url == "https://x.org/?a=1&b=2"
            assert sent.message_thread_id == 45

    asyncio.run(run())
    (posted,) = server.posted(group.id)
    assert (posted.thread, posted.silent) == (45, True)


def test_given_files_when_sent_then_their_bytes_names_and_captions_arrive(server: TelegramServer) -> None:
    group = server.add_group()

    async def run() -> None:
        async with bot(server) as client:
            photo = await client.send_photo(group.id, BufferedInputFile(PNG, "a.png"), caption="<b>c</b>", parse_mode="HTML")
            document = await client.send_document(group.id, BufferedInputFile(b"%PDF", "menü.pdf"))
            assert photo.photo
            assert photo.caption == "c"
            assert document.document
            assert document.document.file_name == "menü.pdf"

    asyncio.run(run())
    assert [(p.kind, p.file.name if p.file else "", p.file.content if p.file else b"") for p in server.posted()] == [
        ("photo", "a.png", PNG),
        ("document", "menü.pdf", b"%PDF"),
    ]


def test_given_updates_when_polled_then_an_offset_acknowledges_those_before_it(server: TelegramServer) -> None:
    group = server.add_group()
    server.world.say(group, "one")
    server.world.say(group, "two")

    async def run() -> None:
        async with bot(server) as client:
            first = await client.get_updates()
            assert [update.event_type for update in first] == ["my_chat_member", "message", "message"]
            assert await client.get_updates(limit=1) == first[:1]
            (last,) = await client.get_updates(offset=first[2].update_id)
            assert last.message is not None
            assert last.message.text == "two"
            assert await client.get_updates() == [last]
            assert await client.get_updates(offset=last.update_id + 1) == []
            assert await client.get_updates(allowed_updates=["message"]) == []
            server.world.change(group, Member.KICKED)
            assert await client.get_updates() == []

    asyncio.run(run())


def test_given_a_long_poll_when_somebody_writes_then_it_ends_with_the_message(server: TelegramServer) -> None:
    group = server.add_group()

    async def run() -> None:
        async with bot(server) as client:
            (joined,) = await client.get_updates()
            poll = asyncio.create_task(client.get_updates(offset=joined.update_id + 1, timeout=4))
            await asyncio.to_thread(server.wait_for, lambda now: len(now.received("getupdates")) == 2)
            server.world.say(group, "hello")
            (update,) = await poll
            assert update.message is not None
            assert update.message.text == "hello"

    asyncio.run(run())


def test_given_two_pollers_when_the_second_comes_then_the_first_is_told_so(server: TelegramServer) -> None:
    async def run() -> None:
        async with bot(server) as one, bot(server) as two:
            first = asyncio.create_task(one.get_updates(timeout=4))
            await asyncio.to_thread(server.wait_for, lambda now: bool(now.received("getupdates")))
            assert await two.get_updates() == []
            with pytest.raises(TelegramConflictError):
                await first

    asyncio.run(run())


def test_given_a_webhook_when_polled_then_conflict_until_it_is_deleted(server: TelegramServer) -> None:
    async def run() -> None:
        async with bot(server) as client:
            await client.set_webhook("https://bot.example.org/hook")
            with pytest.raises(TelegramConflictError):
                await client.get_updates()
            assert await client.delete_webhook()
            assert await client.get_updates() == []

    asyncio.run(run())


def test_given_a_message_when_edited_and_deleted_then_the_group_sees_it(server: TelegramServer) -> None:
    group = server.add_group()

    async def run() -> None:
        async with bot(server) as client:
            sent = await client.send_message(group.id, "befor")
            await client.edit_message_text("before", chat_id=group.id, message_id=sent.message_id)
            assert server.posted()[0].text == "before"
            with pytest.raises(TelegramBadRequest, match="message is not modified"):
                await client.edit_message_text("before", chat_id=group.id, message_id=sent.message_id)
            with pytest.raises(TelegramBadRequest, match="there is no caption"):
                await client.edit_message_caption(chat_id=group.id, message_id=sent.message_id, caption="x")
            await client.delete_message(group.id, sent.message_id)
            assert server.posted() == []
            with pytest.raises(TelegramBadRequest, match="message to delete not found"):
                await client.delete_message(group.id, sent.message_id)
            late = await client.send_message(group.id, "late")
            now = server.world.now()
            server.world.now = lambda: now + 48 * 3600 + 1
            with pytest.raises(TelegramBadRequest, match="can't be deleted"):
                await client.delete_message(group.id, late.message_id)

    asyncio.run(run())


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ("<b>x", "Can't find end tag"),
        ("<h1>x</h1>", "Unsupported start tag"),
        ("a < b", "Unsupported start tag"),
        ("<b>x</i>", "Unmatched end tag"),
        ("x</b>", "Unexpected end tag"),
        ("AT&T", "Unknown escape"),
        ("&#0;", "Unknown escape"),
        ('<a href="x>y</a>', "Unclosed start tag"),
    ],
)
def test_given_html_that_is_none_when_sent_then_it_is_refused(server: TelegramServer, html: str, complaint: str) -> None:
    group = server.add_group()

    async def run() -> None:
        async with bot(server) as client:
            with pytest.raises(TelegramBadRequest, match=f"can't parse entities: .*{complaint}"):
                await client.send_message(group.id, html, parse_mode="HTML")

    asyncio.run(run())


def test_given_texts_at_the_limits_when_sent_then_they_pass_and_one_more_does_not(server: TelegramServer) -> None:
    group = server.add_group()

    async def run() -> None:
        async with bot(server) as client:
            await client.send_message(group.id, "<b>" + "\U0001f469" * 2048 + "</b>", parse_mode="HTML")
            await client.send_photo(group.id, BufferedInputFile(PNG, "a.png"), caption="x" * 1024)
            await client.send_message(group.id, "<b>a</b>b" * 100, parse_mode="HTML")
            for text, complaint in (("\U0001f469" * 2048 + "x", "too long"), ("<b>a</b>b" * 101, "ENTITIES_TOO_LONG"), (" \n", "text is empty")):
                with pytest.raises(TelegramBadRequest, match=complaint):
                    await client.send_message(group.id, text, parse_mode="HTML")
            for content, caption, complaint in (
                (PNG, "x" * 1025, "caption is too long"),
                (b"", "", "non-empty"),
                (b"text", "", "IMAGE_PROCESS_FAILED"),
            ):
                with pytest.raises(TelegramBadRequest, match=complaint):
                    await client.send_photo(group.id, BufferedInputFile(content, "a.png"), caption=caption)
            with pytest.raises(TelegramBadRequest, match="too big for a photo"):
                await client.send_photo(group.id, BufferedInputFile(PNG + bytes(10_000_000), "a.png"))

    asyncio.run(run())
    assert len(server.posted()) == 3


def test_given_chats_where_the_bot_may_not_post_when_it_tries_then_each_refusal_is_the_real_one(server: TelegramServer) -> None:
    group = server.add_group()
    kicked = server.add_group(id=-1002, member=Member.KICKED)
    muted = server.add_group(id=-1003, member=Member.RESTRICTED)
    reader = server.add_channel(member=Member.MEMBER)
    small = server.add_small_group()
    server.world.migrate(small, -1004)

    async def run() -> None:
        async with bot(server) as client:
            with pytest.raises(TelegramBadRequest, match="chat not found"):
                await client.send_message(-100555, "x")
            with pytest.raises(TelegramBadRequest, match="chat not found"):
                await client.send_message("@nobody_here", "x")
            with pytest.raises(TelegramBadRequest, match="message thread not found"):
                await client.send_message(group.id, "x", message_thread_id=1)
            with pytest.raises(TelegramForbiddenError, match="bot was kicked from the supergroup chat"):
                await client.send_message(kicked.id, "x")
            with pytest.raises(TelegramBadRequest, match="not enough rights to send text messages"):
                await client.send_message(muted.id, "x")
            with pytest.raises(TelegramBadRequest, match="need administrator rights in the channel chat"):
                await client.send_message(reader.id, "x")
            with pytest.raises(TelegramMigrateToChat) as moved:
                await client.send_message(small.id, "x")
            assert moved.value.migrate_to_chat_id == -1004

    asyncio.run(run())
    assert server.posted() == []


def test_given_flood_limits_when_a_chat_gets_two_in_a_second_then_429_says_how_long_to_wait(server: TelegramServer) -> None:
    group, other = server.add_group(), server.add_group(id=-1002)
    server.world.flood = True
    at = server.world.now()
    server.world.now = lambda: at

    async def run() -> None:
        async with bot(server) as client:
            await client.send_message(group.id, "1")
            await client.send_message(other.id, "1")
            with pytest.raises(TelegramRetryAfter) as flood:
                await client.send_message(group.id, "2")
            assert flood.value.retry_after == 2

    asyncio.run(run())


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer.CLOSE_ON_ACCEPT, TelegramNetworkError),
        (Answer.CLOSE, TelegramNetworkError),
        (Answer.RESET, TelegramNetworkError),
        (Answer.HALF, TelegramNetworkError),
        (Answer.ERROR_500, TelegramServerError),
        (Answer.UNAUTHORIZED, TelegramUnauthorizedError),
        (Answer.FLOOD, TelegramRetryAfter),
    ],
)
@pytest.mark.parametrize("posts", [False, True], ids=["lost", "posted"])
def test_given_a_fault_when_it_strikes_once_then_the_next_call_is_well(
    server: TelegramServer, answer: Answer, error: type[Exception], posts: bool
) -> None:
    group = server.add_group()
    server.script(Fault(answer, posts=posts))

    async def run() -> None:
        async with bot(server) as client:
            with pytest.raises(error):
                await client.send_message(group.id, "one")
            await client.send_message(group.id, "two")

    asyncio.run(run())
    expected = ["one", "two"] if posts and answer is not Answer.CLOSE_ON_ACCEPT else ["two"]
    assert [posted.text for posted in server.posted()] == expected


def test_given_a_server_that_refuses_connections_when_it_listens_again_then_the_same_address_answers(server: TelegramServer) -> None:
    async def run() -> None:
        async with bot(server) as client:
            await client.get_me()
            with server.refusing(), pytest.raises(TelegramNetworkError):
                await client.get_me()
            await client.get_me()

    asyncio.run(run())


def test_given_a_thread_that_waits_for_a_message_when_it_comes_then_it_wakes(server: TelegramServer) -> None:
    group = server.add_group()
    came: list[bool] = []
    waiting = threading.Thread(target=lambda: came.append(server.wait_for(lambda now: bool(now.posted()))))
    waiting.start()

    async def run() -> None:
        async with bot(server) as client:
            await client.send_message(group.id, "x")

    asyncio.run(run())
    waiting.join(10)
    assert came == [True]


def test_given_the_server_in_a_process_of_its_own_when_something_is_posted_then_it_says_so_and_can_be_told_to_fail() -> None:
    tests = Path(__file__).parents[2]
    command = [sys.executable, "-m", "helpers.telegram_server", "--port", "0", "--group", "Choir"]
    with subprocess.Popen(command, cwd=tests, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        token = process.stdout.readline().split()[1]
        _, group, title = process.stdout.readline().split()
        assert title == "Choir"

        def post(path: str, body: object) -> int:
            request = urllib.request.Request(url + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
            try:
                with urllib.request.urlopen(request, timeout=5) as answer:
                    return int(answer.status)
            except urllib.error.HTTPError as error:
                error.close()
                return error.code

        assert post("/_fake/fault", {"answer": "FLOOD", "retry_after": 1}) == 200
        assert [post(f"/bot{token}/sendMessage", {"chat_id": int(group), "text": text}) for text in ("one", "two")] == [429, 200]
        said = json.loads(process.stdout.readline())
        assert (said["group"], said["text"]) == ("Choir", "two")
        with urllib.request.urlopen(f"{url}/_fake/posted", timeout=5) as answer:
            assert [posted["text"] for posted in json.load(answer)] == ["two"]
        process.terminate()
        assert process.wait(10) == 0
