"""How a bot's groups are found out and remembered."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.telegram_faults import Answer, Fault
from helpers.telegram_server import TelegramServer
from helpers.telegram_world import BOT_ID, Member
from integrations.base import Context, Rejected, RetryLater, Target
from integrations.telegram.connection import TelegramConnection
from integrations.telegram.groups import Groups

pytestmark = pytest.mark.anyio

VALUES: list[object] = [None, True, 0, 45, -1001, BOT_ID, "", "x", "channel", "group", "creator", [], {}, {"id": BOT_ID}, {"name": "Market"}]
odd = st.sampled_from(VALUES)
chats = odd | st.fixed_dictionaries({}, optional={"id": odd, "type": st.just("supergroup") | odd, "title": odd})
TELLING = [
    "new_chat_member",
    "left_chat_member",
    "message_thread_id",
    "is_topic_message",
    "forum_topic_created",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
]
parts = odd | st.fixed_dictionaries({}, optional={"chat": chats} | dict.fromkeys(TELLING, odd))
updates = st.fixed_dictionaries({}, optional=dict.fromkeys(["message", "channel_post", "my_chat_member"], parts))


async def test_given_groups_channels_and_topics_when_listed_then_each_is_there_by_name(server: TelegramServer, telegram: TelegramConnection) -> None:
    group, small, channel = server.add_group(forum=True), server.add_small_group(), server.add_channel()
    server.world.add_topic(group, 45, "Market")
    server.world.say(group, "hello", 77)
    server.world.say(group, "hello")
    server.world.say(channel, "news")
    assert list(await telegram.targets()) == [
        Target(str(group.id), "Neighbours"),
        Target(f"{group.id}/45", "Neighbours / Market"),
        Target(f"{group.id}/77", "Neighbours / Topic 77"),
        Target(str(small.id), "Garden"),
        Target(str(channel.id), "Town news"),
    ]


async def test_given_updates_that_telegram_has_forgotten_when_listed_later_then_the_shelf_remembers(
    server: TelegramServer, telegram: TelegramConnection, context: Context
) -> None:
    group = server.add_group(forum=True)
    server.world.add_topic(group, 45, "Market")
    first = await telegram.targets()
    assert server.world.updates == []
    again = TelegramConnection(server.token, server.url, context)
    assert await again.targets() == first
    assert server.token not in json.dumps(context.shelf.read())
    await again.close()


async def test_given_more_updates_than_one_answer_holds_when_listed_then_all_are_heard(server: TelegramServer, telegram: TelegramConnection) -> None:
    group = server.add_group()
    for number in range(250):
        server.world.say(group, str(number))
    last = server.add_small_group()
    assert [target.id for target in await telegram.targets()] == [str(group.id), str(last.id)]


async def test_given_a_failure_between_two_answers_when_listed_then_nothing_that_telegram_forgot_is_lost(
    server: TelegramServer, telegram: TelegramConnection, context: Context
) -> None:
    group = server.add_group()
    for number in range(150):
        server.world.say(group, str(number))
    server.script(Fault(Answer.NORMAL), method="getupdates")
    server.script(Fault(Answer.CLOSE, posts=True), method="getupdates")
    with pytest.raises(RetryLater):
        await telegram.targets()
    assert [entry["title"] for entry in context.shelf.read()] == ["Neighbours"]
    assert [target.name for target in await telegram.targets()] == ["Neighbours"]


async def test_given_groups_that_the_bot_has_left_when_listed_then_they_are_dropped(server: TelegramServer, telegram: TelegramConnection) -> None:
    kicked, left, said = server.add_group(), server.add_group(id=-1002), server.add_group(id=-1003)
    muted = server.add_group("Quiet", id=-1004)
    assert len(await telegram.targets()) == 4
    server.world.change(kicked, Member.KICKED)
    server.world.change(left, Member.LEFT)
    server.world.change(muted, Member.RESTRICTED)
    server.world.say(said, "bye", left_chat_member={"id": BOT_ID, "is_bot": True, "first_name": "Bell"})
    assert [target.name for target in await telegram.targets()] == ["Quiet"]


async def test_given_a_removal_that_telegram_no_longer_tells_of_when_listed_then_the_group_is_dropped_and_a_new_name_is_learnt(
    server: TelegramServer, telegram: TelegramConnection
) -> None:
    kicked, renamed = server.add_group(), server.add_group(id=-1002)
    await telegram.targets()
    server.world.change(kicked, Member.KICKED)
    renamed.title = "New name"
    server.world.updates.clear()
    assert list(await telegram.targets()) == [Target("-1002", "New name")]


@pytest.mark.parametrize("told", [True, False], ids=["told", "long ago"])
async def test_given_a_group_that_became_a_supergroup_when_listed_then_its_new_id_stands(
    server: TelegramServer, telegram: TelegramConnection, told: bool
) -> None:
    small = server.add_small_group()
    await telegram.targets()
    server.world.migrate(small, -1007)
    if not told:
        server.world.updates.clear()
    assert list(await telegram.targets()) == [Target("-1007", "Garden")]


async def test_given_a_webhook_of_another_program_when_listed_then_it_is_taken_away_and_nothing_is_lost(
    server: TelegramServer, telegram: TelegramConnection
) -> None:
    server.add_group()
    server.world.webhook = "https://old.example.org/hook"
    await telegram.check()
    assert server.world.webhook, "a check changes nothing"
    assert [target.name for target in await telegram.targets()] == ["Neighbours"]
    assert server.world.webhook == ""


async def test_given_another_program_that_reads_the_bots_messages_when_listed_then_a_sentence_says_so(
    server: TelegramServer, telegram: TelegramConnection
) -> None:
    text = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    server.script(Fault(Answer.CONFLICT, text=text), method="getupdates")
    with pytest.raises(Rejected, match="Another program is reading"):
        await telegram.targets()


@given(st.lists(updates, max_size=4))
def test_given_updates_of_any_shape_then_they_are_heard_or_passed_over_and_can_be_kept(heard: list[dict[str, object]]) -> None:
    groups = Groups([])
    for update in heard:
        groups.hear(update, BOT_ID)
    kept = json.loads(json.dumps(groups.entries()))
    assert Groups(kept).targets() == groups.targets()
