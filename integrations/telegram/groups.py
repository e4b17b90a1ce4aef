"""The groups that the bot has met, made out of updates: the Bot API has no call that lists them.

Updates are read as the JSON that came. python-telegram-bot refuses a whole batch for one update that lacks a field of the newest Bot API, which
communities' own servers may not know yet, and logs it all, other people's messages among it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from integrations.base import Target
from integrations.telegram.address import GENERAL_TOPIC, with_topic
from resources.translations import _

HEARD = ("message", "channel_post", "my_chat_member")
"""The kinds of updates that tell of groups: https://core.telegram.org/bots/api#update."""

_POSTABLE = ("group", "supergroup", "channel")

Json = Mapping[str, object]


class Groups:
    """Groups and channels by number, with their topics by theirs; in the order in which they were met.

    Kept on the shelf as one entry for each group: `{"chat": -100…, "title": "…", "topics": {"45": "Garden"}}`.
    """

    def __init__(self, entries: Iterable[Json]) -> None:
        self._titles: dict[int, str] = {}
        self._topics: dict[int, dict[int, str]] = {}
        for entry in entries:
            chat = int(str(entry["chat"]))
            self._titles[chat] = str(entry["title"])
            self._topics[chat] = {int(number): name for number, name in cast("dict[str, str]", entry["topics"]).items()}

    def entries(self) -> Sequence[Json]:
        """For the shelf."""
        return [
            {"chat": chat, "title": title, "topics": {str(number): name for number, name in self._topics[chat].items()}}
            for chat, title in self._titles.items()
        ]

    def targets(self) -> Sequence[Target]:
        """Each group, followed by its topics."""
        return [
            target
            for chat, title in self._titles.items()
            for target in (
                Target(with_topic(chat, None), title),
                *(Target(with_topic(chat, number), f"{title} / {name}") for number, name in self._topics[chat].items()),
            )
        ]

    def chats(self) -> Sequence[int]:
        """The numbers of the groups and channels."""
        return list(self._titles)

    def meet(self, chat: Json) -> None:
        """The bot is in this chat, given as https://core.telegram.org/bots/api#chat; private ones are nobody's group."""
        number = _number(chat, "id")
        if chat.get("type") in _POSTABLE and number is not None:
            self._titles[number] = str(chat.get("title") or number)
            self._topics.setdefault(number, {})

    def forget(self, chat: int) -> None:
        """The bot is not there any more."""
        self._titles.pop(chat, None)
        self._topics.pop(chat, None)

    def move(self, old: int, new: int) -> None:
        """A group has another number now."""
        title, topics = self._titles.get(old), self._topics.get(old, {})
        self.forget(old)
        if title is not None:
            self._titles.setdefault(new, title)
            self._topics[new] = {**topics, **self._topics.get(new, {})}

    def hear(self, update: Json, bot: int) -> int | None:
        """Learn from an update; `bot` is the bot's own number. Gives the number of the group that it is about."""
        change = _part(update, "my_chat_member")
        message = _part(update, "message") or _part(update, "channel_post")
        chat = _part(change or message, "chat")
        number = _number(chat, "id")
        if number is None:
            return None
        if change:
            now = _part(change, "new_chat_member")
            there = now.get("status") in ("creator", "administrator", "member") or (
                now.get("status") == "restricted" and now.get("is_member") is True
            )
        else:
            there = _number(_part(message, "left_chat_member"), "id") != bot
        if not there:
            self.forget(number)
            return number
        self.meet(chat)
        if (new := _number(message, "migrate_to_chat_id")) is not None:
            self.move(number, new)
        elif (old := _number(message, "migrate_from_chat_id")) is not None:
            self.move(old, number)
        elif message.get("is_topic_message") and number in self._topics:
            self._topic(message, self._topics[number])
        return number

    @staticmethod
    def _topic(message: Json, known: dict[int, str]) -> None:
        topic = _number(message, "message_thread_id")
        if topic is None or topic == GENERAL_TOPIC:
            return
        renamed = _part(message, "forum_topic_edited").get("name")
        opened = (_part(message, "forum_topic_created") or _part(_part(message, "reply_to_message"), "forum_topic_created")).get("name")
        known[topic] = str(renamed or known.get(topic) or opened or _("Topic {number}").format(number=topic))


def _part(of: Json, name: str) -> Json:
    """An object inside an object; empty where there is none."""
    found = of.get(name)
    return found if isinstance(found, dict) else {}


def _number(of: Json, name: str) -> int | None:
    found = of.get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) else None
