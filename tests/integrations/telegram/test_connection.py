"""What a bot does, over real HTTP: send, edit, delete, check, refresh."""

import asyncio

import pytest

from helpers.telegram_faults import Answer, Fault
from helpers.telegram_html import Entity
from helpers.telegram_server import TelegramServer
from helpers.telegram_world import Member
from integrations.base import AuthenticationFailed, Context, Moved, Rejected, RetryLater, Target, Unsure
from integrations.message import Attachment, AttachmentKind, Message, from_markdown, from_plain
from integrations.telegram import MANIFEST
from integrations.telegram.connection import TelegramConnection

pytestmark = pytest.mark.anyio

HELLO = Message(from_markdown("**Hello** all"))
PHOTO = Attachment(AttachmentKind.PHOTO, "poster.png", "image/png", b"\x89PNG\r\n\x1a\n")
MENU = Attachment(AttachmentKind.DOCUMENT, 'Menü "Dez" 🎄.pdf', "application/pdf", b"%PDF-1.7" + bytes(2_000_000))


async def test_given_a_supergroup_when_sent_then_the_receipt_opens_the_message(server: TelegramServer, telegram: TelegramConnection) -> None:
    group = server.add_group(id=-1001234567890)
    receipt = await telegram.send(HELLO, Target(str(group.id)), "key")
    (posted,) = server.posted(group.id)
    assert (posted.text, posted.entities) == ("Hello all", [Entity("bold", 0, 5)])
    assert (receipt.remote_id, receipt.link) == (str(posted.message_id), f"https://t.me/c/1234567890/{posted.message_id}")


async def test_given_a_public_channel_when_sent_by_name_then_the_link_is_public(server: TelegramServer, telegram: TelegramConnection) -> None:
    server.add_channel(username="town_news")
    receipt = await telegram.send(HELLO, Target("@town_news"), "key")
    assert receipt.link == f"https://t.me/town_news/{receipt.remote_id}"


async def test_given_a_small_group_when_sent_then_there_is_no_link(server: TelegramServer, telegram: TelegramConnection) -> None:
    receipt = await telegram.send(HELLO, Target(str(server.add_small_group().id)), "key")
    assert receipt.remote_id
    assert receipt.link == ""


async def test_given_topics_when_sent_then_each_gets_its_own_and_the_general_one_needs_no_number(
    server: TelegramServer, telegram: TelegramConnection
) -> None:
    group = server.add_group(forum=True)
    server.world.add_topic(group, 45, "Garden")
    for id in (f"{group.id}/45", f"{group.id}/1", str(group.id)):
        await telegram.send(HELLO, Target(id), "key")
    assert [posted.thread for posted in server.posted()] == [45, None, None]


async def test_given_files_when_sent_then_bytes_names_and_captions_arrive(server: TelegramServer, telegram: TelegramConnection) -> None:
    group = server.add_group()
    for file in (PHOTO, MENU):
        await telegram.send(Message(HELLO.body, (file,), silent=True), Target(str(group.id)), "key")
    sent = [(p.kind, p.file.content if p.file else b"", p.text, p.silent) for p in server.posted()]
    assert sent == [("photo", PHOTO.content, "Hello all", True), ("document", MENU.content, "Hello all", True)]
    name = server.posted()[1].file
    assert name is not None
    assert name.name.replace("%22", '"') == MENU.name


async def test_given_the_widest_text_that_fits_when_sent_then_telegram_takes_it(server: TelegramServer, telegram: TelegramConnection) -> None:
    target = Target(str(server.add_group().id))
    await telegram.send(Message(from_plain("\U0001f469" * 2048)), target, "key")
    await telegram.send(Message(from_plain("\U0001f469" * 512), (PHOTO,)), target, "key")
    assert len(server.posted()) == 2


async def test_given_what_can_not_go_out_when_sent_all_the_same_then_it_is_refused_before_anything_leaves(
    server: TelegramServer, telegram: TelegramConnection
) -> None:
    group = server.add_group()
    for message, target in ((Message(from_plain("x" * 4097)), str(group.id)), (Message(()), str(group.id)), (HELLO, "Neighbours")):
        with pytest.raises(Rejected):
            await telegram.send(message, Target(target), "key")
    assert server.received() == []


async def test_given_a_sent_text_or_photo_when_edited_then_it_reads_anew_and_again_is_fine(
    server: TelegramServer, telegram: TelegramConnection
) -> None:
    target = Target(str(server.add_group().id))
    for files in ((), (PHOTO,)):
        receipt = await telegram.send(Message(HELLO.body, files), target, "key")
        new = Message(from_markdown("*Later* at 8"), files)
        assert await telegram.edit(receipt.remote_id, new, target) == receipt
        assert (await telegram.edit(receipt.remote_id, new, target)).remote_id == receipt.remote_id
    assert [(posted.text, posted.kind, posted.edited) for posted in server.posted()] == [
        ("Later at 8", "message", True),
        ("Later at 8", "photo", True),
    ]


async def test_given_a_message_older_than_two_days_when_deleted_then_a_sentence_says_to_do_it_by_hand(
    server: TelegramServer, telegram: TelegramConnection
) -> None:
    target = Target(str(server.add_group().id))
    receipt = await telegram.send(HELLO, target, "key")
    now = server.world.now()
    server.world.now = lambda: now + 49 * 3600
    with pytest.raises(Rejected, match="older than 48 hours"):
        await telegram.delete(receipt.remote_id, target)
    server.world.now = lambda: now + 47 * 3600
    await telegram.delete(receipt.remote_id, target)
    assert server.posted() == []
    for id in (receipt.remote_id, "none"):
        with pytest.raises(Rejected, match="not in the group any more"):
            await telegram.delete(id, target)


async def test_given_a_group_that_became_a_supergroup_when_sent_then_the_new_id_is_told_and_takes_it(
    server: TelegramServer, telegram: TelegramConnection
) -> None:
    small = server.add_small_group()
    server.world.migrate(small, -1007770000001)
    with pytest.raises(Moved) as moved:
        await telegram.send(HELLO, Target(str(small.id)), "key")
    assert moved.value.to == "-1007770000001"
    await telegram.send(HELLO, Target(moved.value.to), "key")
    assert len(server.posted(-1007770000001)) == 1


async def test_given_the_flood_limits_when_sent_too_fast_then_exactly_the_asked_time_is_told(
    server: TelegramServer, telegram: TelegramConnection
) -> None:
    target = Target(str(server.add_group().id))
    server.world.flood = True
    at = server.world.now()
    server.world.now = lambda: at
    await telegram.send(HELLO, target, "key")
    with pytest.raises(RetryLater, match="wait 2 seconds") as later:
        await telegram.send(HELLO, target, "key")
    assert later.value.after is not None
    assert later.value.after.total_seconds() == 2


@pytest.mark.parametrize("token", ["987654321:" + "x" * 35, "987654321:" + "x" * 31], ids=["unknown", "malformed"])
async def test_given_a_wrong_token_when_checked_or_sent_then_the_credentials_are_at_fault(
    server: TelegramServer, context: Context, token: str
) -> None:
    telegram = TelegramConnection(token, server.url, context)
    for ask in (telegram.check(), telegram.refresh(), telegram.targets(), telegram.send(HELLO, Target("-100123"), "key")):
        with pytest.raises(AuthenticationFailed, match="bot's token"):
            await ask
    await telegram.close()


@pytest.mark.parametrize("token", ["", "nonsense", "123:", "123:a b", "\u0661\u0662:abc", "123:a/../x"])
def test_given_a_token_that_can_not_be_when_connecting_then_it_is_a_value_error_without_the_token(token: str, context: Context) -> None:
    assert MANIFEST.connect is not None
    with pytest.raises(ValueError, match=r"^not a bot's token$"):
        MANIFEST.connect({"token": token}, context)


async def test_given_a_bot_when_checked_then_its_name_and_what_to_mend_are_told(server: TelegramServer, telegram: TelegramConnection) -> None:
    identity = await telegram.check()
    assert (identity.name, identity.id, identity.remarks) == ("Neighbours' Bell", "@neighbours_bell_bot", ())
    server.world.can_join_groups = False
    (remark,) = (await telegram.check()).remarks
    assert "/setjoingroups" in str(remark)
    assert {received.method for received in server.received()} == {"getme"}


async def test_given_no_server_in_the_settings_when_connected_then_it_is_telegrams_own(context: Context) -> None:
    assert MANIFEST.connect is not None
    connection = MANIFEST.connect({"token": "123456789:" + "x" * 35, "server": ""}, context)
    assert isinstance(connection, TelegramConnection)
    assert connection._line.bot.base_url.startswith("https://api.telegram.org/bot")
    await connection.close()


async def test_given_a_send_under_way_when_refreshed_then_it_ends_well_on_the_old_sockets(
    server: TelegramServer, telegram: TelegramConnection
) -> None:
    group = server.add_group()
    server.script(Fault(Answer.NORMAL, seconds=0.2))
    sending = asyncio.create_task(telegram.send(HELLO, Target(str(group.id)), "key"))
    await asyncio.to_thread(server.wait_for, lambda now: bool(now.received("sendmessage")))
    old = telegram._line
    await telegram.refresh()
    assert (await sending).remote_id
    assert old.request._client.is_closed
    assert len(server.posted()) == 1


async def test_given_a_connection_that_was_closed_when_used_then_nothing_leaves_and_it_says_so(
    server: TelegramServer, telegram: TelegramConnection
) -> None:
    group = server.add_group()
    await telegram.close()
    with pytest.raises(RetryLater):
        await telegram.send(HELLO, Target(str(group.id)), "key")
    assert server.received() == []


async def test_given_the_bot_was_put_out_while_a_message_waited_when_sent_then_a_sentence_says_what_to_do(
    server: TelegramServer, telegram: TelegramConnection
) -> None:
    group = server.add_group()
    server.world.change(group, Member.KICKED)
    with pytest.raises(Rejected, match="Add it to the group again"):
        await telegram.send(HELLO, Target(str(group.id)), "key")
    server.world.change(group, Member.MEMBER)
    await telegram.send(HELLO, Target(str(group.id)), "key")


async def test_given_an_answer_that_comes_late_but_in_time_when_sent_then_it_is_sent(server: TelegramServer, telegram: TelegramConnection) -> None:
    group = server.add_group()
    server.script(Fault(Answer.NORMAL, seconds=0.1))
    assert (await telegram.send(HELLO, Target(str(group.id)), "key")).remote_id


async def test_given_an_idle_socket_that_the_server_closed_when_sent_then_a_new_one_is_opened(
    server: TelegramServer, telegram: TelegramConnection
) -> None:
    group = server.add_group()
    await telegram.send(HELLO, Target(str(group.id)), "key")
    with server.refusing():
        pass
    await telegram.send(HELLO, Target(str(group.id)), "key")
    assert len(server.posted()) == 2


async def test_given_an_edit_or_delete_that_no_answer_came_to_then_it_is_unsure_and_can_be_repeated(
    server: TelegramServer, telegram: TelegramConnection
) -> None:
    target = Target(str(server.add_group().id))
    receipt = await telegram.send(HELLO, target, "key")
    new = Message(from_plain("New"))
    server.script(Fault(Answer.CLOSE, posts=True))
    with pytest.raises(Unsure, match="may have been changed"):
        await telegram.edit(receipt.remote_id, new, target)
    await telegram.edit(receipt.remote_id, new, target)
    assert [posted.text for posted in server.posted()] == ["New"]
