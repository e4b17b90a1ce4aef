"""Telegram as a connection: one bot, over python-telegram-bot."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

import httpx
from telegram import Bot
from telegram import Message as Posted
from telegram.constants import ParseMode
from telegram.error import TelegramError

from integrations.base import Context, Identity, Moved, Receipt, Rejected, RetryLater, SendError, Target
from integrations.message import AttachmentKind, Message
from integrations.telegram.address import Address, parse
from integrations.telegram.groups import HEARD, Groups, Json
from integrations.telegram.redaction import keep_tokens_out_of_logs
from integrations.telegram.rendering import render
from integrations.telegram.request import FollowedRequest, Timeouts, Trip, following
from integrations.telegram.verdict import BAD_ADDRESS, BROKEN_OFF, GONE, NO_ANSWER, READ_FAILED, Doing, NotModified, WebhookInUse, unclear, verdict
from resources.translations import phrase

OFFICIAL_SERVER = "https://api.telegram.org"
_UPDATES_AT_ONCE = 100

T = TypeVar("T")


class _Bot(Bot):
    """PTB's bot, whose own repr shows the token."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<bot>"


class _Line:
    """A bot and its sockets. `calls`: how many are under way; a retired line closes after the last."""

    def __init__(self, token: str, server: str, timeouts: Timeouts) -> None:
        self.request = FollowedRequest(timeouts)
        self.bot = _Bot(token, f"{server}/bot", f"{server}/file/bot", request=self.request, get_updates_request=self.request)
        self.calls = 0
        self.retired = False

    async def retire(self) -> None:
        """Let go of the sockets, now or when the calls under way have ended. Raises nothing."""
        self.retired = True
        if not self.calls:
            try:
                await self.request.shutdown()
            except (OSError, httpx.HTTPError):  # a socket that is broken is as good as closed
                return


class TelegramConnection:
    """`integrations.base.Connection` with edit, delete and targets."""

    def __init__(self, token: str, server: str, context: Context, _timeouts: Timeouts | None = None) -> None:
        """Raises ValueError for a token or an address that can't be. `server`: empty for Telegram's own."""
        number, _, rest = token.partition(":")
        if not (number.isascii() and number.isdigit() and rest.isascii() and rest.replace("-", "").replace("_", "").isalnum()):
            raise ValueError("not a bot's token")
        keep_tokens_out_of_logs()
        base = server.rstrip("/") or OFFICIAL_SERVER
        self._number = int(number)
        self._context = context
        timeouts = _timeouts or Timeouts()
        self._whole = timeouts.whole
        self._connect: Callable[[], _Line] = lambda: _Line(token, base, timeouts)
        self._line = self._connect()

    async def check(self) -> Identity:
        """Ask Telegram whose token it is. Changes nothing there."""
        me = await self._call(Doing.READING, None, lambda bot: bot.get_me())
        joins = me.can_join_groups is not False
        remarks = () if joins else (phrase("This bot can't be added to groups. Send @BotFather /setjoingroups and choose “Enable”."),)
        return Identity(me.full_name, f"@{me.username}" if me.username else str(me.id), remarks)

    async def send(self, message: Message, to: Target, key: str) -> Receipt:
        """Post a text, or one photo or document with its text. Telegram takes no idempotency key."""
        where = _address(to)
        text = _text(message, to)

        def post(bot: Bot) -> Awaitable[Posted]:
            match message.attachments:
                case (file,):
                    way = bot.send_photo if file.kind is AttachmentKind.PHOTO else bot.send_document
                    return way(
                        where.chat,
                        file.content,
                        filename=file.name,
                        caption=text or None,
                        parse_mode=ParseMode.HTML,
                        message_thread_id=where.topic,
                        disable_notification=message.silent,
                    )
                case _:
                    return bot.send_message(
                        where.chat, text, parse_mode=ParseMode.HTML, message_thread_id=where.topic, disable_notification=message.silent
                    )

        posted = await self._call(Doing.SENDING, where, post)
        if not isinstance(posted, Posted):  # python-telegram-bot hands on a bare `true` as it came
            raise unclear(Doing.SENDING, BROKEN_OFF)
        return Receipt(str(posted.message_id), posted.link or "")

    async def edit(self, remote_id: str, message: Message, to: Target) -> Receipt:
        """Give a message this text; a photo or document stays the one it is. Raises Rejected where there is no such message."""
        where, number, text = _address(to), _number(remote_id), _text(message, to)

        async def change(bot: Bot) -> Posted | bool:
            if message.attachments:
                return await bot.edit_message_caption(where.chat, number, caption=text, parse_mode=ParseMode.HTML)
            return await bot.edit_message_text(text, where.chat, number, parse_mode=ParseMode.HTML)

        try:
            changed = await self._call(Doing.CHANGING, where, change)
        except NotModified:
            return Receipt(remote_id)
        return Receipt(remote_id, (changed.link or "") if isinstance(changed, Posted) else "")

    async def delete(self, remote_id: str, to: Target) -> None:
        """Take a message away. Raises Rejected where there is none, or where it is older than 48 hours."""
        where, number = _address(to), _number(remote_id)
        await self._call(Doing.CHANGING, where, lambda bot: bot.delete_message(where.chat, number))

    async def targets(self) -> Sequence[Target]:
        """The groups, topics and channels that the bot has met and is still in."""
        groups = Groups(self._context.shelf.read())
        heard = await self._hear(groups)
        for chat in groups.chats():
            if chat not in heard:  # Telegram keeps updates for a day: what happened before may have passed us by
                await self._look_after(groups, chat)
        self._context.shelf.replace(groups.entries())
        return groups.targets()

    async def refresh(self) -> None:
        """Leave the old sockets to the calls that are under way on them, open new ones and see whether Telegram answers."""
        old, self._line = self._line, self._connect()
        await old.retire()
        await self._call(Doing.READING, None, lambda bot: bot.get_me())

    async def close(self) -> None:
        """Let go of the sockets."""
        await self._line.retire()

    async def _hear(self, groups: Groups) -> set[int]:
        """Learn from every update that waits. What was learnt is on the shelf before Telegram is told to forget it."""
        heard: set[int] = set()
        try:
            updates = await self._updates(None)
        except WebhookInUse:
            # Set by a program that had the bot before. While it is, Telegram tells nobody else anything, and no group can be found.
            await self._call(Doing.READING, None, lambda bot: bot.delete_webhook(drop_pending_updates=False))
            updates = await self._updates(None)
        while updates:
            heard.update(chat for update in updates.values() if (chat := groups.hear(update, self._number)) is not None)
            self._context.shelf.replace(groups.entries())
            updates = await self._updates(max(updates) + 1)
        return heard

    async def _updates(self, offset: int | None) -> Mapping[int, Json]:
        """What waits from this number on, by number; what is before it Telegram forgets."""
        asked = {"offset": offset, "limit": _UPDATES_AT_ONCE, "timeout": 0, "allowed_updates": HEARD}
        given = await self._raw("GetUpdates", None, asked)
        if not isinstance(given, list) or not all(isinstance(update, dict) and isinstance(update.get("update_id"), int) for update in given):
            raise RetryLater(READ_FAILED)
        return {update["update_id"]: update for update in given}

    async def _look_after(self, groups: Groups, chat: int) -> None:
        try:
            known = await self._raw("GetChat", Address(chat), {"chat_id": chat})
        except Moved as moved:
            groups.move(chat, int(moved.to))
        except Rejected:
            groups.forget(chat)
        else:
            groups.meet(known if isinstance(known, dict) else {})

    async def _raw(self, method: str, address: Address | None, asked: Json) -> object:
        """The JSON that a question is answered with. Written with a capital, which Telegram does not mind, a method is none of python-telegram-bot's
        own, which it would rather parse (groups.py says why not)."""
        parameters = {name: value for name, value in asked.items() if value is not None}
        return await self._call(Doing.READING, address, lambda bot: bot.do_api_request(method, parameters))

    async def _call(self, doing: Doing, address: Address | None, ask: Callable[[Bot], Awaitable[T]]) -> T:
        """Make one request. Raises SendErrors only, and none with python-telegram-bot's errors hanging on to it: those hold the token."""
        line = self._line
        line.calls += 1
        try:
            with following() as trip:
                answer, failure = await self._judged(ask(line.bot), trip, doing, address)
        finally:
            line.calls -= 1
            if line.retired:
                await line.retire()
        if failure is not None:
            raise failure
        return answer  # type: ignore[return-value]  # there is an answer where there is no failure

    async def _judged(self, asked: Awaitable[T], trip: Trip, doing: Doing, address: Address | None) -> tuple[T | None, SendError | None]:
        try:
            async with asyncio.timeout(self._whole):
                return await asked, None
        except TelegramError as error:
            return None, verdict(error, left=trip.left, doing=doing, address=address)
        except TimeoutError:
            return None, unclear(doing, NO_ANSWER) if trip.left else verdict(TelegramError("late"), left=False, doing=doing, address=address)
        except (AttributeError, KeyError, TypeError, ValueError):
            if not trip.left:  # ours, not Telegram's
                raise
            # python-telegram-bot takes a result apart without looking at its shape first.
            return None, unclear(doing, BROKEN_OFF)


def _address(to: Target) -> Address:
    try:
        return parse(to.id)
    except ValueError:
        raise Rejected(BAD_ADDRESS) from None


def _number(remote_id: str) -> int:
    try:
        return int(remote_id)
    except ValueError:
        raise Rejected(GONE) from None


def _text(message: Message, to: Target) -> str:
    rendered = render(message, to.settings)
    if rendered.problems:
        raise Rejected(rendered.problems[0])
    return rendered.text
