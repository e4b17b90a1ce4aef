"""What a person sees at Practice: every state on demand, and each message that came."""

import asyncio
from datetime import timedelta
from hashlib import sha256

import pytest

from helpers.clock import START, MovedClock
from helpers.contract import document
from helpers.shelf import memory_context
from integrations.base import AuthenticationFailed, Context, Receipt, RetryLater, SendError, Target, Unsure, settings_problems, with_defaults
from integrations.message import Message, from_markdown
from integrations.practice import MANIFEST, PracticeMessage, received

HELLO = Message(from_markdown("**Hello** all"))


def send(context: Context, answer: str = "ok", *, message: Message = HELLO, key: str = "k", **settings: str) -> Receipt:
    """Send as the engine would, to a group that answers so."""
    assert MANIFEST.connect is not None
    connection = MANIFEST.connect({}, context)
    return asyncio.run(connection.send(message, Target("", "Group", {"answer": answer, **settings}), key))


def test_given_a_group_that_takes_messages_then_it_tells_all_about_what_came() -> None:
    clock = MovedClock()
    context = memory_context(clock)
    first = send(context)
    clock.advance(timedelta(hours=1))
    second = send(context, message=Message(HELLO.body, (document(),), silent=True), key="k2")
    assert received(context.shelf.read()) == (
        PracticeMessage(first.remote_id, "k", "Group", "", "Hello all", START),
        PracticeMessage(
            second.remote_id,
            "k2",
            "Group",
            "",
            "Hello all",
            START + timedelta(hours=1),
            silent=True,
            attachments=("programme.pdf",),
            digests=(sha256(document().content).hexdigest(),),
        ),
    )


def test_given_the_same_key_twice_then_both_are_kept_so_that_a_double_is_seen() -> None:
    context = memory_context()
    assert send(context) != send(context)
    assert [message.key for message in received(context.shelf.read())] == ["k", "k"]


@pytest.mark.parametrize(("answer", "error", "kept"), [("silence", Unsure, 1), ("lost", Unsure, 0), ("offline", RetryLater, 0)])
def test_given_an_answer_on_demand_then_the_message_is_kept_or_not(answer: str, error: type[SendError], kept: int) -> None:
    context = memory_context()
    with pytest.raises(error):
        send(context, answer)
    assert len(received(context.shelf.read())) == kept


def test_given_silence_and_loss_then_nobody_can_tell_them_apart_by_the_answer() -> None:
    said = set()
    for answer in ("silence", "lost"):
        with pytest.raises(Unsure) as caught:
            send(memory_context(), answer)
        said.add(str(caught.value))
    assert len(said) == 1


@pytest.mark.parametrize(("wait", "seconds"), [("5", 5), ("", 30)])
def test_given_a_rate_limit_then_it_asks_for_the_time_that_was_set(wait: str, seconds: int) -> None:
    context = memory_context()
    with pytest.raises(RetryLater) as caught:
        send(context, "rate-limit", wait=wait)
    assert caught.value.after == timedelta(seconds=seconds)
    assert received(context.shelf.read()) == ()


def test_given_a_group_that_refuses_the_account_then_the_credentials_are_at_fault() -> None:
    with pytest.raises(AuthenticationFailed):
        send(memory_context(), "credentials")


def test_given_an_answer_that_practice_does_not_know_then_the_form_says_which_there_are() -> None:
    (problem,) = settings_problems(MANIFEST.channel_fields, {"answer": "shrug"})
    assert "rate-limit" in str(problem)
    assert with_defaults(MANIFEST.channel_fields, {"wait": " "}) == {"answer": "ok", "wait": "30"}
