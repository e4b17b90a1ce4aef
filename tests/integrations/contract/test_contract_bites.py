"""The contract suite itself: an integration that breaks a promise is caught by the test that stands for it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar

import pytest

from helpers.contract import ConnectionContract, Fault, ManifestContract, Received, World
from helpers.shelf import memory_context
from integrations.base import (
    AuthenticationFailed,
    Field,
    Identity,
    Manifest,
    Receipt,
    Rejected,
    Rendered,
    RetryLater,
    Target,
    Unsure,
    limit_problems,
)
from integrations.message import Message, plain
from integrations.practice import MANIFEST as PRACTICE
from resources.translations import phrase

SECRET = "canary-4f1d9b7c2e"
SECRET_MANIFEST = replace(PRACTICE, fields=(Field("token", "Token", "Help", secret=True),), capabilities=frozenset())


class Bad:
    """A connection that does everything right until a subclass breaks one thing."""

    def __init__(self) -> None:
        self.posted: list[Received] = []
        self.fault: Fault | None = None

    async def check(self) -> Identity:
        return Identity("Bad", "1")

    async def send(self, message: Message, to: Target, key: str) -> Receipt:
        match self.fault:
            case Fault.OFFLINE:
                raise RetryLater(phrase("No connection."))
            case Fault.RATE_LIMIT:
                raise RetryLater(phrase("Too fast."), timedelta(seconds=17))
            case Fault.NO_REPLY:
                raise Unsure(phrase("No answer came."))
            case Fault.BAD_CREDENTIALS:
                raise AuthenticationFailed(phrase("The token was refused."))
            case Fault.KICKED:
                raise Rejected(phrase("The group has put us out. Invite us again."))
        self.posted.append(Received(plain(message.body), to.id))
        return Receipt("1")

    async def refresh(self) -> None:
        return None

    async def close(self) -> None:
        return None


class PostsTwice(Bad):
    async def send(self, message: Message, to: Target, key: str) -> Receipt:
        await super().send(message, to, key)
        return await super().send(message, to, key)


class SaysRetryAfterNoReply(Bad):
    async def send(self, message: Message, to: Target, key: str) -> Receipt:
        if self.fault is Fault.NO_REPLY:
            raise RetryLater(phrase("No answer came."))
        return await super().send(message, to, key)


class ForgetsHowLongToWait(Bad):
    async def send(self, message: Message, to: Target, key: str) -> Receipt:
        if self.fault is Fault.RATE_LIMIT:
            raise RetryLater(phrase("Too fast."), timedelta(seconds=1))
        return await super().send(message, to, key)


class PostsAndSaysRejected(Bad):
    async def send(self, message: Message, to: Target, key: str) -> Receipt:
        if self.fault is Fault.KICKED:
            self.posted.append(Received(plain(message.body), to.id))
        return await super().send(message, to, key)


class LetsAnErrorThrough(Bad):
    async def send(self, message: Message, to: Target, key: str) -> Receipt:
        if self.fault is Fault.OFFLINE:
            raise ConnectionError("refused")
        return await super().send(message, to, key)


class TellsTheSecretInItsCause(Bad):
    async def send(self, message: Message, to: Target, key: str) -> Receipt:
        if self.fault is Fault.OFFLINE:
            raise RetryLater(phrase("No connection.")) from ConnectionError(f"POST https://x.org/bot{SECRET}/send")
        return await super().send(message, to, key)


class ShowsTheSecret(Bad):
    def __repr__(self) -> str:
        return f"ShowsTheSecret({SECRET})"


class ChecksByPosting(Bad):
    async def check(self) -> Identity:
        await self.send(Message(()), Target("choir"), "")
        return await super().check()


class RaisesOnClose(Bad):
    async def close(self) -> None:
        raise RuntimeError("already closed")


class MixesTheMessageUp(Bad):
    async def send(self, message: Message, to: Target, key: str) -> Receipt:
        receipt = await super().send(message, to, key)
        self.posted[-1] = replace(self.posted[-1], text=self.posted[-1].text.upper())
        return receipt


class BadWorld(World):
    def __init__(self, connection: Bad) -> None:
        self.connection: Bad = connection
        self.shelf = memory_context().shelf
        self.target = Target("choir", "Choir")

    def stage(self, fault: Fault) -> None:
        self.connection.fault = fault

    def mend(self) -> None:
        self.connection.fault = None

    def received(self) -> Sequence[Received]:
        return self.connection.posted


class Case(ConnectionContract):
    manifest = SECRET_MANIFEST
    settings: ClassVar[Mapping[str, str]] = {"token": SECRET}
    cannot_happen: ClassVar[Mapping[Fault, str]] = {}


def attempt(bad: type[Bad], test: str, *fault: Fault) -> None:
    """Run one test of the suite against a connection."""
    promise: Callable[..., Awaitable[None]] = getattr(Case(), test)
    asyncio.run(_awaited(promise(BadWorld(bad()), *fault)))


async def _awaited(promise: Awaitable[None]) -> None:
    await promise


FAULT = "test_given_a_fault_when_sending_then_it_is_classified_as_told_and_the_next_send_arrives"
SEND = "test_given_an_announcement_when_sent_then_it_is_there_once_as_rendered"
CHECK = "test_given_a_good_connection_when_checked_then_it_says_who_we_are_and_posts_nothing"
SHOWN = "test_no_secret_is_in_what_a_connection_shows_of_itself"
CLOSE = "test_given_a_connection_when_closed_again_and_again_then_it_never_raises"

BREACHES = [
    (PostsTwice, SEND, ()),
    (MixesTheMessageUp, SEND, ()),
    (SaysRetryAfterNoReply, FAULT, (Fault.NO_REPLY,)),
    (ForgetsHowLongToWait, FAULT, (Fault.RATE_LIMIT,)),
    (PostsAndSaysRejected, FAULT, (Fault.KICKED,)),
    (LetsAnErrorThrough, FAULT, (Fault.OFFLINE,)),
    (TellsTheSecretInItsCause, FAULT, (Fault.OFFLINE,)),
    (ShowsTheSecret, SHOWN, ()),
    (ChecksByPosting, CHECK, ()),
    (RaisesOnClose, CLOSE, ()),
]


@pytest.mark.parametrize(("bad", "test", "fault"), BREACHES, ids=lambda value: value.__name__ if isinstance(value, type) else "")
def test_given_a_broken_promise_then_the_suite_fails_and_for_a_good_connection_it_passes(bad: type[Bad], test: str, fault: tuple[Fault, ...]) -> None:
    attempt(Bad, test, *fault)
    with pytest.raises((AssertionError, ConnectionError, RuntimeError)):
        attempt(bad, test, *fault)


def _chatty(message: Message, settings: Mapping[str, str]) -> Rendered:
    length = len(plain(message.body))
    return Rendered(plain(message.body), length, 4096, limit_problems(message, length, PRACTICE.limits, "Bad"), entities=length)


MANIFEST_BREACHES: list[tuple[Manifest, str, tuple[str, ...]]] = [
    (replace(PRACTICE, fields=(Field("token", "Token", "Help"),)), "test_what_looks_like_a_secret_is_flagged_as_one", ()),
    (replace(PRACTICE, fields=(Field("a", "A", "Help"),) * 2), "test_every_field_says_what_it_is_for", ()),
    (replace(PRACTICE, fields=(Field("a", "A"),)), "test_every_field_says_what_it_is_for", ()),
    (replace(PRACTICE, render=lambda message, settings: Rendered("x", 1)), "test_given_nothing_to_see_then_a_problem_says_so", ()),
    (
        replace(PRACTICE, render=lambda message, settings: Rendered("x", 1)),
        "test_given_one_character_too_many_then_a_problem_says_so_and_the_last_one_that_fits_goes",
        (),
    ),
    (replace(PRACTICE, render=_chatty), "test_given_hostile_member_data_then_nothing_is_formatted", ("*a*",)),
]


@pytest.mark.parametrize(("manifest", "test", "given"), MANIFEST_BREACHES)
def test_given_a_careless_manifest_then_the_suite_fails(manifest: Manifest, test: str, given: tuple[str, ...]) -> None:
    class Good(ManifestContract):
        pass

    Good.manifest = PRACTICE
    getattr(Good(), test)(*given)
    Good.manifest = manifest
    with pytest.raises(AssertionError):
        getattr(Good(), test)(*given)


def test_given_a_secret_in_the_log_then_the_suite_finds_it() -> None:
    record = logging.LogRecord("httpx", logging.INFO, "", 0, "POST %s", (f"https://x.org/bot{SECRET}/send",), None)
    with pytest.raises(AssertionError, match="<secret>"):
        Case().holds_no_secret(record.getMessage())
    Case().holds_no_secret("POST https://x.org/bot<hidden>/send")
