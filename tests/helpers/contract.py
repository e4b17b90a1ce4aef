"""What every integration must hold to, as test classes to inherit from.

A service that Belfry posts to:

    class TestTelegram(ConnectionContract):
        manifest = MANIFEST
        settings: ClassVar[Mapping[str, str]] = {"token": "123:canary…"}      # secrets in it must appear nowhere
        cannot_happen: ClassVar[Mapping[Fault, str]] = {Fault.X: "why this service has no such answer"}

        @pytest.fixture
        async def world(self) -> AsyncIterator[World]:
            ...  # start the fake service, connect, yield a World, close, stop

A place where a person posts (`connect` is None) inherits from `ManifestContract` alone. Every Fault that is not in `cannot_happen` is staged; the
world must bring it about at the network's edge, never inside the connection. Time-outs should be set short in the world (tenths of a second).
"""

import json
import logging
import re
import traceback
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from hashlib import sha256
from typing import ClassVar, cast
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from helpers.bodies import HOSTILE, bodies, wordy_bodies
from integrations.base import (
    AuthenticationFailed,
    Capability,
    Connection,
    Deletes,
    Edits,
    Field,
    FieldKind,
    Identity,
    ListsTargets,
    Manifest,
    Moved,
    Receipt,
    Rejected,
    RetryLater,
    SendError,
    Shelf,
    Target,
    Unsure,
    settings_problems,
    with_defaults,
)
from integrations.message import Attachment, AttachmentKind, Body, Message, from_markdown, from_plain, is_blank, plain
from resources.translations import Phrase

KEY = "0192f0c1-0000-7000-8000-000000000001"


class Verdict(Enum):
    """What must become of a send, by delivery.md, "What an answer means"."""

    NOT_SENT = "RetryLater without a time: the request never left"
    WAIT = "RetryLater with exactly the time that the service asked for"
    UNSURE = "Unsure: it may be out"
    CREDENTIALS = "AuthenticationFailed"
    REJECTED = "Rejected, with what to do"
    MOVED = "Moved, with the new id"


class Fault(Enum):
    """What can go wrong between Belfry and a service; the values say what the world must do."""

    OFFLINE = "the network is unreachable"
    NO_ADDRESS = "the name of the server does not resolve"
    REFUSED = "nothing listens at the server's port"
    CONNECT_TIMEOUT = "the server never completes the connection"
    POOL_TIMEOUT = "every pooled connection is busy for too long"
    TLS_FAILURE = "the server's certificate is not to be trusted"
    RATE_LIMIT = "the service says to come back after `World.retry_after`"
    NO_REPLY = "the request is read, no answer comes in time"
    CLOSED_EARLY = "the request is read, the connection is closed without an answer"
    RESET = "the request is read, the connection is reset"
    CUT_ANSWER = "the answer breaks off in the middle"
    SERVER_ERROR = "status 500"
    BAD_GATEWAY = "status 502 with a page of HTML"
    CAPTIVE_PORTAL = "a redirect to somebody's log-in page"
    UNREADABLE_ANSWER = "status 200 with something that cannot be read"
    UNEXPECTED_ANSWER = "status 200, readable, of another shape than the service's"
    BAD_CREDENTIALS = "the service does not accept the credentials any more"
    KICKED = "we were put out of the group"
    TARGET_GONE = "there is no such group (any more)"
    NO_RIGHT = "we may not post there"
    THREAD_GONE = "the topic was deleted or closed"
    MIGRATED = "the group has a new id, `World.moved_to`"
    REFUSED_CONTENT = "the service calls the message itself wrong (too long, bad markup, file too big)"


VERDICTS: Mapping[Fault, Verdict] = {
    Fault.OFFLINE: Verdict.NOT_SENT,
    Fault.NO_ADDRESS: Verdict.NOT_SENT,
    Fault.REFUSED: Verdict.NOT_SENT,
    Fault.CONNECT_TIMEOUT: Verdict.NOT_SENT,
    Fault.POOL_TIMEOUT: Verdict.NOT_SENT,
    Fault.TLS_FAILURE: Verdict.NOT_SENT,
    Fault.RATE_LIMIT: Verdict.WAIT,
    Fault.NO_REPLY: Verdict.UNSURE,
    Fault.CLOSED_EARLY: Verdict.UNSURE,
    Fault.RESET: Verdict.UNSURE,
    Fault.CUT_ANSWER: Verdict.UNSURE,
    Fault.SERVER_ERROR: Verdict.UNSURE,
    Fault.BAD_GATEWAY: Verdict.UNSURE,
    Fault.CAPTIVE_PORTAL: Verdict.UNSURE,
    Fault.UNREADABLE_ANSWER: Verdict.UNSURE,
    Fault.UNEXPECTED_ANSWER: Verdict.UNSURE,
    Fault.BAD_CREDENTIALS: Verdict.CREDENTIALS,
    Fault.KICKED: Verdict.REJECTED,
    Fault.TARGET_GONE: Verdict.REJECTED,
    Fault.NO_RIGHT: Verdict.REJECTED,
    Fault.THREAD_GONE: Verdict.REJECTED,
    Fault.MIGRATED: Verdict.MOVED,
    Fault.REFUSED_CONTENT: Verdict.REJECTED,
}

ERRORS: Mapping[Verdict, type[SendError]] = {
    Verdict.NOT_SENT: RetryLater,
    Verdict.WAIT: RetryLater,
    Verdict.UNSURE: Unsure,
    Verdict.CREDENTIALS: AuthenticationFailed,
    Verdict.REJECTED: Rejected,
    Verdict.MOVED: Moved,
}


@dataclass(frozen=True, slots=True)
class Received:
    """A message as the service has it now, read from the service itself.

    Attributes:
        text: in the service's own formatting, as it came over the wire (text or caption).
        target: id of the group it is in.
        attachments: names of the files that came with it, in order.
        digests: SHA-256 of their bytes, in hex.
        understood: what the service itself made of the text, e.g. `bold`, `mention`; bare web addresses are left out.
    """

    text: str
    target: str
    attachments: tuple[str, ...] = ()
    digests: tuple[str, ...] = ()
    silent: bool = False
    understood: frozenset[str] = frozenset()


class World(ABC):
    """One connection and the service that it talks to, scripted. `stage` may put another connection or target in the attributes.

    Attributes:
        connection: fresh, made by the manifest's `connect`.
        target: a group that it may post to.
        shelf: the one that the connection was given.
        retry_after: what RATE_LIMIT asks for, in whole seconds.
        moved_to: the id that MIGRATED gives, where one can post from then on.
    """

    connection: Connection
    target: Target
    shelf: Shelf
    retry_after: timedelta = timedelta(seconds=17)
    moved_to: str = ""

    @abstractmethod
    def stage(self, fault: Fault) -> None:
        """From now on every call meets this fault, until `mend`."""

    @abstractmethod
    def mend(self) -> None:
        """All is well again."""

    @abstractmethod
    def received(self) -> Sequence[Received]:
        """What the service really has, oldest first; edits applied, deleted messages gone."""


# Every class that inherits runs the same hypothesis tests on purpose.
_example = hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.differing_executors, HealthCheck.too_slow])

ANNOUNCEMENT = from_markdown(
    "**Choir** tonight at *seven*, ~~six~~ `hall 2`, see [the map](https://example.org/map_of_(x)?a=1&b=2) & bring <cake>:\n\n- Ana\n- Rui"
)


def photo(size: int = 8) -> Attachment:
    """A photo of so many bytes, by its name and type; nobody here looks inside."""
    return Attachment(AttachmentKind.PHOTO, "poster.png", "image/png", b"\x89PNG\r\n\x1a\n".ljust(size, b"."))


def document(size: int = 8) -> Attachment:
    """A document of so many bytes."""
    return Attachment(AttachmentKind.DOCUMENT, "programme.pdf", "application/pdf", b"%PDF-1.7".ljust(size, b"."))


def _sentence(phrase: Phrase) -> str:
    """The phrase in words, after it was stored and read again. Fails where it is none: no text, a placeholder that nothing fills."""
    assert isinstance(phrase, Phrase)
    said = str(Phrase.from_json(phrase.to_json()))
    assert said == str(phrase)
    assert re.search(r"\w{2}", said), said
    left = set(re.findall(r"\{(\w*)\}", phrase.id)) - phrase.params.keys()  # of the template: what was filled in may hold braces of its own
    assert not left, f"something was left open in {said!r}"
    return said


class ManifestContract:
    """What holds for every service. Set `manifest`; `channels` are channel settings to render with (beside the defaults)."""

    manifest: ClassVar[Manifest]
    channels: ClassVar[Sequence[Mapping[str, str]]] = ()

    def every_channel(self) -> list[dict[str, str]]:
        """The settings to render with: the defaults, each choice of each field, and `channels`."""
        default = with_defaults(self.manifest.channel_fields, {})
        chosen = [{**default, field.name: choice} for field in self.manifest.channel_fields for choice in field.choices]
        return [default, *chosen, *({**default, **channel} for channel in self.channels)]

    def test_every_field_says_what_it_is_for(self) -> None:
        for fields in (self.manifest.fields, self.manifest.channel_fields):
            names = [field.name for field in fields]
            assert len(set(names)) == len(names)
            for field in fields:
                assert re.fullmatch(r"[a-z][a-z0-9-]*", field.name), f"{field.name} is typed after --set"
                assert field.label
                assert field.help, f"{field.name} has no help"
                assert bool(field.choices) == (field.kind is FieldKind.CHOICE)
                assert not field.choices or field.default == field.choices[0]

    def test_what_looks_like_a_secret_is_flagged_as_one(self) -> None:
        for field in (*self.manifest.fields, *self.manifest.channel_fields):
            if re.search("token|passw|secret|api.?key|credential", field.name):
                assert field.secret, f"{field.name} would be kept in the community file"
        assert not any(field.secret for field in self.manifest.channel_fields), "a channel has no secrets: they belong to the connection"

    def test_a_service_declares_how_fast_and_how_much_it_takes(self) -> None:
        limits, rate = self.manifest.limits, self.manifest.rate
        if self.manifest.connect is None:
            assert Capability.BY_HAND in self.manifest
            return
        assert Capability.BY_HAND not in self.manifest
        assert limits.text is not None
        assert any((rate.per_second, rate.target_per_second, rate.target_per_minute))
        if limits.attachments:
            assert None not in (limits.caption, limits.photo_bytes, limits.document_bytes)

    @_example
    @given(st.data())
    def test_given_any_value_then_a_field_says_in_a_sentence_what_is_wrong_with_it(self, data: st.DataObject) -> None:
        value = data.draw(
            st.text(max_size=40) | st.sampled_from(["http://", "https://[", "http://x:99999999/", "-1", "nan", "1e999", "javascript:alert(1)"])
        )
        for fields in (self.manifest.fields, self.manifest.channel_fields):
            for field in fields:
                for problem in settings_problems((field,), {field.name: value}):
                    said = _sentence(problem)
                    assert not field.secret or len(value.strip()) < 12 or value not in said
        if self.manifest.target is not None:
            problem_of_target = self.manifest.target(value)
            assert problem_of_target is None or _sentence(problem_of_target)

    def test_given_a_required_field_left_out_then_a_sentence_says_so(self) -> None:
        for fields in (self.manifest.fields, self.manifest.channel_fields):
            for field in fields:
                alone = settings_problems((field,), {})
                assert bool(alone) == (field.required and not field.default)
                assert all(_sentence(problem) for problem in alone)

    @_example
    @given(bodies(), st.booleans())
    def test_given_any_body_then_render_is_pure_and_never_raises(self, body: Body, silent: bool) -> None:
        message = Message(body, silent=silent)
        for channel in self.every_channel():
            first, second = self.manifest.render(message, channel), self.manifest.render(message, channel)
            assert first == second
            for problem in first.problems:
                _sentence(problem)
            if first.problems:
                continue
            assert first.length > 0
            assert first.limit is None or first.length <= first.limit
            assert not is_blank(body)

    @_example
    @given(wordy_bodies)
    def test_given_words_in_any_shape_then_every_word_is_shown(self, body: Body) -> None:
        words = set(re.findall(r"[A-Za-z0-9]+", plain(body)))
        for channel in self.every_channel():
            assert words <= set(re.findall(r"[A-Za-z0-9]+", unquote(self.manifest.render(Message(body), channel).text)))

    def test_given_nothing_to_see_then_a_problem_says_so(self) -> None:
        for channel in self.every_channel():
            for text in ("", "  \n\n ", "\u200b\u2060"):
                assert self.manifest.render(Message(from_markdown(text)), channel).problems, repr(text)

    def test_given_one_character_too_many_then_a_problem_says_so_and_the_last_one_that_fits_goes(self) -> None:
        limits = self.manifest.limits
        for limit, attachments in ((limits.text, ()), (limits.caption, (photo(),) if limits.attachments else None)):
            if limit is None or attachments is None:
                continue
            for channel in self.every_channel():
                fits = self.manifest.render(Message(from_plain("a" * limit), attachments), channel)
                assert (fits.problems, fits.length, fits.limit) == ((), limit, limit)
                assert self.manifest.render(Message(from_plain("a" * (limit + 1)), attachments), channel).problems
                wide = self.manifest.render(Message(from_plain("\U0001f514" * limit), attachments), channel)
                assert wide.length == limits.unit.of("\U0001f514" * limit)
                assert bool(wide.problems) == (wide.length > limit)

    def test_given_too_many_or_too_large_files_then_a_problem_says_so(self) -> None:
        limits = self.manifest.limits
        channel = self.every_channel()[0]
        text = from_plain("Look")
        assert self.manifest.render(Message(text, (photo(),) * (limits.attachments + 1)), channel).problems
        if limits.attachments and limits.photo_bytes and limits.document_bytes:
            assert not self.manifest.render(Message((), (photo(),)), channel).problems, "a photo says enough by itself"
            assert not self.manifest.render(Message(text, (document(),)), channel).problems
            assert self.manifest.render(Message(text, (photo(limits.photo_bytes + 1),)), channel).problems
            assert self.manifest.render(Message(text, (document(limits.document_bytes + 1),)), channel).problems

    @pytest.mark.parametrize("text", HOSTILE)
    def test_given_hostile_member_data_then_nothing_is_formatted(self, text: str) -> None:
        for channel in self.every_channel():
            rendered = self.manifest.render(Message(from_plain(text)), channel)
            assert rendered.entities == 0
            assert not rendered.problems


class ConnectionContract(ManifestContract):
    """What holds for every service that Belfry posts to. Set `settings` and `cannot_happen` too, and give a `world`."""

    settings: ClassVar[Mapping[str, str]]
    cannot_happen: ClassVar[Mapping[Fault, str]]
    pytestmark = pytest.mark.anyio

    @pytest.fixture
    def anyio_backend(self) -> str:
        return "asyncio"

    @pytest.fixture
    async def world(self) -> AsyncIterator[World]:
        """The scripted world of this service, all well."""
        raise NotImplementedError

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        if "fault" in metafunc.fixturenames:
            metafunc.parametrize("fault", [fault for fault in Fault if fault not in self.cannot_happen], ids=lambda fault: fault.name)

    def rendered(self, message: Message, target: Target) -> str:
        """What `render` says will be sent there."""
        rendered = self.manifest.render(message, with_defaults(self.manifest.channel_fields, target.settings))
        assert not rendered.problems
        return rendered.text

    @pytest.fixture(autouse=True)
    def no_secret_is_logged(self, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
        caplog.set_level(logging.DEBUG)
        yield
        for when in ("setup", "call"):
            for record in caplog.get_records(when):
                assert record.levelno < logging.WARNING, f"unexpected in the log: {record.getMessage()}"
                self.holds_no_secret(record.getMessage(), str(record.args), record.exc_text or "", record.name)

    def holds_no_secret(self, *texts: str) -> None:
        """Fails where a secret setting, or the telling part of one, is in a text."""
        for field in self.manifest.fields:
            for secret in _telling(field, self.settings):
                for text in texts:
                    assert secret not in text, f"the {field.name} is in {text.replace(secret, '<secret>')!r}"

    def judge(self, error: SendError, fault: Fault, world: World) -> None:
        """Fails unless the error is what delivery.md says, in words, with no secret."""
        verdict = VERDICTS[fault]
        assert type(error) is ERRORS[verdict], f"{fault.name}: {error!r}, {error}"
        match error:
            case RetryLater():
                assert error.after == (world.retry_after if verdict is Verdict.WAIT else None)
            case Moved():
                assert error.to == world.moved_to
        said = _sentence(error.reason)
        assert said == str(error)
        self.holds_no_secret(said, repr(error), error.reason.to_json(), "".join(traceback.format_exception(error)), str(vars(error)))

    def test_every_fault_is_staged_or_cannot_happen_for_a_reason(self) -> None:
        assert all(len(reason) > 10 for reason in self.cannot_happen.values())
        assert not {Fault.BAD_CREDENTIALS, Fault.RATE_LIMIT, Fault.TARGET_GONE} & set(self.cannot_happen) or not self.settings
        assert set(VERDICTS) == set(Fault)

    def test_the_settings_of_this_world_are_right(self) -> None:
        assert settings_problems(self.manifest.fields, self.settings) == ()
        for field in self.manifest.fields:
            assert not field.secret or len(self.settings[field.name]) >= 12, "a canary must be long enough to be looked for"

    async def test_given_an_announcement_when_sent_then_it_is_there_once_as_rendered(self, world: World) -> None:
        message = Message(ANNOUNCEMENT)
        receipt = await world.connection.send(message, world.target, KEY)
        assert isinstance(receipt, Receipt)
        assert len(world.received()) == 1
        received = world.received()[0]
        assert (received.text, received.target) == (self.rendered(message, world.target), world.target.id)
        assert (received.attachments, received.silent) == ((), False)
        self.holds_no_secret(repr(receipt), json.dumps([*world.shelf.read()]))

    async def test_given_hostile_member_data_when_sent_then_the_service_sees_no_formatting_and_no_mention(self, world: World) -> None:
        for number, text in enumerate(HOSTILE):
            await world.connection.send(Message(from_plain(text)), world.target, f"{KEY}-{number}")
        assert [received.understood for received in world.received()] == [frozenset()] * len(HOSTILE)

    async def test_given_a_photo_or_a_document_when_sent_then_it_arrives_whole_with_its_text(self, world: World) -> None:
        if not self.manifest.limits.attachments:
            return
        for attachment in (photo(), document()):
            message = Message(ANNOUNCEMENT, (attachment,))
            await world.connection.send(message, world.target, f"{KEY}-{attachment.name}")
            received = world.received()[-1]
            assert received.text == self.rendered(message, world.target)
            assert (received.attachments, received.digests) == ((attachment.name,), (sha256(attachment.content).hexdigest(),))
        assert len(world.received()) == 2

    async def test_given_a_photo_alone_when_sent_then_it_arrives(self, world: World) -> None:
        if not self.manifest.limits.attachments:
            return
        await world.connection.send(Message((), (photo(),)), world.target, KEY)
        assert [(received.text, received.attachments) for received in world.received()] == [("", ("poster.png",))]

    async def test_given_a_silent_message_when_sent_then_it_makes_no_sound(self, world: World) -> None:
        await world.connection.send(Message(ANNOUNCEMENT, silent=True), world.target, KEY)
        assert [received.silent for received in world.received()] == [Capability.SILENT in self.manifest]

    async def test_given_a_service_that_honours_keys_when_sent_twice_then_it_is_there_once(self, world: World) -> None:
        for _ in range(2):
            await world.connection.send(Message(ANNOUNCEMENT), world.target, KEY)
        assert len(world.received()) == (1 if Capability.IDEMPOTENT in self.manifest else 2)

    async def test_given_a_fault_when_sending_then_it_is_classified_as_told_and_the_next_send_arrives(self, world: World, fault: Fault) -> None:
        world.stage(fault)
        with pytest.raises(SendError) as caught:
            await world.connection.send(Message(ANNOUNCEMENT), world.target, KEY)
        self.judge(caught.value, fault, world)
        arrived = len(world.received())
        assert arrived <= (1 if VERDICTS[fault] is Verdict.UNSURE else 0)
        moved = Target(world.moved_to, world.target.name, world.target.settings)
        world.mend()
        target = moved if VERDICTS[fault] is Verdict.MOVED else world.target
        await world.connection.send(Message(from_plain("and again")), target, f"{KEY}-again")
        assert [received.target for received in world.received()[arrived:]] == [target.id]
        self.holds_no_secret(json.dumps([*world.shelf.read()]))

    async def test_given_a_fault_when_anything_else_is_asked_then_it_answers_or_raises_a_send_error(self, world: World, fault: Fault) -> None:
        receipt = await world.connection.send(Message(ANNOUNCEMENT), world.target, KEY)
        world.stage(fault)
        for ask in ("check", "refresh", "targets", "edit", "delete"):
            error = await self.error_of(world.connection, ask, receipt.remote_id, world.target)
            if error is not None:
                self.holds_no_secret(_sentence(error.reason), repr(error), "".join(traceback.format_exception(error)))
            assert fault is not Fault.BAD_CREDENTIALS or ask != "check" or type(error) is AuthenticationFailed
        assert len(world.received()) <= 1
        await world.connection.close()

    async def error_of(self, connection: Connection, ask: str, remote_id: str, target: Target) -> SendError | None:
        """Ask the connection for something and give the SendError that came of it; any other error is the test's failure."""
        try:
            match ask:
                case "check":
                    await connection.check()
                case "refresh":
                    await connection.refresh()
                case "targets" if Capability.TARGETS in self.manifest:
                    await cast(ListsTargets, connection).targets()
                case "edit" if Capability.EDIT in self.manifest:
                    await cast(Edits, connection).edit(remote_id, Message(from_plain("new")), target)
                case "delete" if Capability.DELETE in self.manifest:
                    await cast(Deletes, connection).delete(remote_id, target)
        except SendError as error:
            return error
        return None

    async def test_given_a_good_connection_when_checked_then_it_says_who_we_are_and_posts_nothing(self, world: World) -> None:
        identity = await world.connection.check()
        assert isinstance(identity, Identity)
        assert identity.name
        assert all(_sentence(remark) for remark in identity.remarks)
        assert list(world.received()) == []
        self.holds_no_secret(repr(identity))

    async def test_given_the_computer_slept_when_refreshed_then_nothing_is_posted_and_the_next_send_arrives(self, world: World) -> None:
        await world.connection.send(Message(ANNOUNCEMENT), world.target, KEY)
        await world.connection.refresh()
        await world.connection.refresh()
        assert len(world.received()) == 1
        await world.connection.send(Message(ANNOUNCEMENT), world.target, f"{KEY}-2")
        assert len(world.received()) == 2

    async def test_given_a_connection_when_closed_again_and_again_then_it_never_raises(self, world: World) -> None:
        await world.connection.close()
        await world.connection.close()

    async def test_given_a_used_connection_when_closed_twice_then_it_never_raises(self, world: World) -> None:
        await world.connection.send(Message(ANNOUNCEMENT), world.target, KEY)
        await world.connection.close()
        await world.connection.close()
        assert len(world.received()) == 1

    async def test_no_secret_is_in_what_a_connection_shows_of_itself(self, world: World) -> None:
        await world.connection.check()
        self.holds_no_secret(repr(world.connection), str(world.connection), f"{world.connection}", repr(world.target))

    async def test_given_a_service_that_lists_its_groups_then_ours_is_among_them(self, world: World) -> None:
        if Capability.TARGETS not in self.manifest:
            return
        targets = await cast(ListsTargets, world.connection).targets()
        assert world.target.id in [target.id for target in targets]
        assert all(target.name for target in targets)
        assert list(world.received()) == []

    async def test_given_a_sent_message_when_edited_then_the_service_has_the_new_text_and_no_second_message(self, world: World) -> None:
        if Capability.EDIT not in self.manifest:
            return
        edits = cast(Edits, world.connection)
        new = Message(from_markdown("**Choir** is at *eight*"))
        receipt = await world.connection.send(Message(ANNOUNCEMENT), world.target, KEY)
        await edits.edit(receipt.remote_id, new, world.target)
        await edits.edit(receipt.remote_id, new, world.target)  # to what it is already: nothing to do, nothing wrong
        assert [received.text for received in world.received()] == [self.rendered(new, world.target)]
        with pytest.raises(Rejected):
            await edits.edit("999999", new, world.target)

    async def test_given_a_sent_photo_when_its_text_is_edited_then_the_photo_stays(self, world: World) -> None:
        if Capability.EDIT not in self.manifest or not self.manifest.limits.attachments:
            return
        new = Message(from_markdown("**New** text"), (photo(),))
        receipt = await world.connection.send(Message(ANNOUNCEMENT, (photo(),)), world.target, KEY)
        await cast(Edits, world.connection).edit(receipt.remote_id, new, world.target)
        assert [(received.text, received.attachments) for received in world.received()] == [(self.rendered(new, world.target), ("poster.png",))]

    async def test_given_a_sent_message_when_deleted_then_the_service_has_it_no_more(self, world: World) -> None:
        if Capability.DELETE not in self.manifest:
            return
        deletes = cast(Deletes, world.connection)
        receipt = await world.connection.send(Message(ANNOUNCEMENT), world.target, KEY)
        await deletes.delete(receipt.remote_id, world.target)
        assert list(world.received()) == []
        with pytest.raises(Rejected):
            await deletes.delete("999999", world.target)


def _telling(field: Field, settings: Mapping[str, str]) -> list[str]:
    """A secret, and the parts of it that would be enough to know it by."""
    if not field.secret or field.name not in settings:
        return []
    value = settings[field.name]
    return [value, *(part for part in re.split(r"[:/\s]", value) if len(part) >= 12)]
