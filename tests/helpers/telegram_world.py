"""What the fake Telegram knows: chats, messages, updates, and what each method of the Bot API answers. Nothing of HTTP is here.

Written from https://core.telegram.org/bots/api and the sources of tdlib/telegram-bot-api; the refusals are worded as the real server words them.
"""

import json
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from helpers.telegram_html import Entity, ParseError, cleaned, found_by_itself, parse, utf16_length

TOKEN = "123456789:AAF4keT0ken-for_tests_0123456789abc"
BOT_ID = 123456789
TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ENTITY_LIMIT = 100
PHOTO_BYTES = 10_000_000
DOCUMENT_BYTES = 50_000_000
DELETABLE_SECONDS = 48 * 3600
_IMAGE_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM")
_NOT_BY_DEFAULT = ("chat_member", "message_reaction", "message_reaction_count")

Json = dict[str, object]
Params = Mapping[str, str]


class ApiError(Exception):
    """A refusal: `code` and description as in the answer's JSON."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class Member(StrEnum):
    """What the bot is in a chat."""

    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    RESTRICTED = "restricted"
    LEFT = "left"
    KICKED = "kicked"


@dataclass(slots=True)
class Chat:
    """A group, supergroup or channel. `topics` maps thread ids to names; `closed` holds those nobody may write in."""

    id: int
    type: str
    title: str
    username: str = ""
    forum: bool = False
    member: Member = Member.ADMINISTRATOR
    topics: dict[int, str] = field(default_factory=dict)
    closed: set[int] = field(default_factory=set)
    migrated_to: int | None = None
    gone: bool = False

    def as_json(self) -> Json:
        shown: Json = {"id": self.id, "type": self.type, "title": self.title}
        return shown | ({"username": self.username} if self.username else {}) | ({"is_forum": True} if self.forum else {})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a multipart request."""

    name: str
    content: bytes


@dataclass(slots=True)
class Posted:
    """A message as the people in the chat see it.

    Attributes:
        text: what is shown; of a photo or document its caption.
        given: the same as it came over the wire, with its tags.
        found: what Telegram made clickable by itself: mentions, hashtags, commands.
        at: arrival, seconds since the epoch.
    """

    message_id: int
    chat: int
    thread: int | None
    text: str
    entities: list[Entity]
    kind: str
    file: Upload | None
    silent: bool
    at: float
    edited: bool = False
    deleted: bool = False
    given: str = ""

    @property
    def found(self) -> list[tuple[str, str]]:
        return found_by_itself(self.text)

    def spans(self, kind: str) -> list[str]:
        """The stretches of text with this formatting."""
        units = self.text.encode("utf-16-le")
        return [units[2 * e.offset : 2 * (e.offset + e.length)].decode("utf-16-le") for e in self.entities if e.type == kind]


@dataclass(frozen=True, slots=True)
class Received:
    """A request as it came in, answered or not. `at`: seconds since the epoch."""

    method: str
    params: Params
    files: Mapping[str, Upload]
    at: float


class World:
    """The state behind one token. Thread-safe: tests look in while the server works.

    Attributes:
        now: seconds since the epoch; a test may move it.
        flood: whether the flood limits are enforced (1/s in a chat, 20/min in a group, 30/s overall).
    """

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.lock = threading.Condition(threading.RLock())
        self.now: Callable[[], float] = time.time
        self.flood = False
        self.can_join_groups = True
        self.webhook = ""
        self.chats: dict[int, Chat] = {}
        self.posted: list[Posted] = []
        self.received: list[Received] = []
        self.updates: list[Json] = []
        self.allowed: list[str] = []
        self.heard: Callable[[], object] = lambda: None
        self._sent_at: dict[int, list[float]] = {}
        self._message_id = 100
        self._update_id = 700_000_000

    # What the people in the chats do.

    def add(self, chat: Chat) -> Chat:
        """The bot is put into a chat; it hears of it."""
        with self.lock:
            self.chats[chat.id] = chat
            self.member_changed(chat, Member.LEFT, chat.member)
        return chat

    def change(self, chat: Chat, member: Member) -> None:
        """The bot becomes something else in a chat: promoted, restricted, kicked. It hears of it."""
        with self.lock:
            before, chat.member = chat.member, member
            self.member_changed(chat, before, member)

    def member_changed(self, chat: Chat, before: Member, after: Member) -> None:
        event: Json = {"chat": chat.as_json(), "from": _PERSON, "date": int(self.now())}
        self.push("my_chat_member", event | {"old_chat_member": self._member(before), "new_chat_member": self._member(after)})

    def say(self, chat: Chat, text: str, thread: int | None = None, **more: object) -> None:
        """Somebody writes in a chat."""
        with self.lock:
            message: Json = self._message(chat, thread) | {"text": text} | more
            if chat.type == "channel":
                message |= {"sender_chat": chat.as_json()}
            else:
                message |= {"from": _PERSON}
            self.push("channel_post" if chat.type == "channel" else "message", message)

    def add_topic(self, chat: Chat, thread: int, name: str) -> None:
        """Somebody opens a topic in a forum."""
        with self.lock:
            chat.topics[thread] = name
            message = self._message(chat, thread) | {"from": _PERSON}
            self.push("message", message | {"forum_topic_created": {"name": name, "icon_color": 7322096}})

    def migrate(self, chat: Chat, new_id: int) -> Chat:
        """The group becomes a supergroup with another id."""
        with self.lock:
            chat.migrated_to = new_id
            new = Chat(new_id, "supergroup", chat.title, member=chat.member)
            self.chats[new_id] = new
            self.push("message", self._message(chat, None) | {"from": _PERSON, "migrate_to_chat_id": new_id})
        return new

    def push(self, kind: str, what: Json) -> None:
        """Queue an update, unless the poller said that it doesn't want such."""
        with self.lock:
            if kind in self.allowed or (not self.allowed and kind not in _NOT_BY_DEFAULT):
                self._update_id += 1
                self.updates.append({"update_id": self._update_id, kind: what})
            self.lock.notify_all()
        self.heard()

    def pending(self, offset: int, limit: int) -> list[Json]:
        """Updates from `offset` on; those before it count as read and are gone. A negative one counts from the end."""
        with self.lock:
            if offset < 0:
                self.updates = self.updates[offset:]
            elif offset:
                self.updates = [update for update in self.updates if int(str(update["update_id"])) >= offset]
            return self.updates[:limit]

    # What the bot does.

    def call(self, method: str, params: Params, files: Mapping[str, Upload]) -> object:
        """The result of a method, named in lower case. Raises ApiError."""
        with self.lock:
            match method:
                case "getme":
                    return _bot() | {
                        "can_join_groups": self.can_join_groups,
                        "can_read_all_group_messages": False,
                        "supports_inline_queries": False,
                        "can_connect_to_business": False,
                        "has_main_web_app": False,
                    }
                case "deletewebhook":
                    self.webhook = ""
                    return True
                case "setwebhook":
                    self.webhook = params.get("url", "")
                    return True
                case "getwebhookinfo":
                    return {"url": self.webhook, "has_custom_certificate": False, "pending_update_count": len(self.updates)}
                case "getchat":
                    return self._chat(params).as_json() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}
                case "sendmessage" | "sendphoto" | "senddocument":
                    return self._send(method.removeprefix("send"), params, files)
                case "editmessagetext" | "editmessagecaption":
                    return self._edit(method, params)
                case "deletemessage":
                    return self._delete(params)
                case _:
                    raise ApiError(404, "Not Found: method not found")

    def _chat(self, params: Params, *, doing: str = "") -> Chat:
        """The chat a call is for, if the bot may do there what it wants to. `doing`: e.g. "text messages"; empty for looking only."""
        given = params.get("chat_id", "")
        if not given:
            raise ApiError(400, "Bad Request: chat_id is empty")
        if given.startswith("@"):
            chat = next((chat for chat in self.chats.values() if chat.username.lower() == given[1:].lower()), None)
        else:
            chat = self.chats.get(int(given)) if re.fullmatch(r"-?\d+", given) else None
        if chat is None:
            raise ApiError(400, "Bad Request: chat not found")
        kind = chat.type
        if chat.migrated_to is not None:
            raise ApiError(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
        if chat.gone:
            raise ApiError(403, f"Forbidden: the {kind} chat was deleted")
        if chat.member is Member.KICKED:
            raise ApiError(403, f"Forbidden: bot was kicked from the {kind} chat")
        if chat.member is Member.LEFT:
            raise ApiError(403, f"Forbidden: bot is not a member of the {kind} chat")
        if doing and chat.type == "channel" and chat.member is not Member.ADMINISTRATOR:
            raise ApiError(400, "Bad Request: need administrator rights in the channel chat")
        if doing and chat.member is Member.RESTRICTED:
            raise ApiError(400, f"Bad Request: not enough rights to send {doing} to the chat")
        return chat

    def _send(self, kind: str, params: Params, files: Mapping[str, Upload]) -> Json:
        chat = self._chat(params, doing={"message": "text messages", "photo": "photos", "document": "documents"}[kind])
        thread = self._thread(chat, params)
        text, entities = self._text(kind, params)
        upload = None if kind == "message" else _upload(kind, params, files)
        self._flood(chat)
        self._message_id += 1
        silent = params.get("disable_notification", "").lower() in ("true", "1")
        posted = Posted(self._message_id, chat.id, thread, text, entities, kind, upload, silent, self.now())
        posted.given = params.get("text" if kind == "message" else "caption", "")
        self.posted.append(posted)
        self.lock.notify_all()
        self.heard()
        return self._shown(posted)

    def _thread(self, chat: Chat, params: Params) -> int | None:
        given = params.get("message_thread_id", "")
        if not given:
            return None
        thread = int(given)
        if thread not in chat.topics:  # the General topic, 1, is named by leaving the thread out
            raise ApiError(400, "Bad Request: message thread not found")
        if thread in chat.closed:
            raise ApiError(400, "Bad Request: TOPIC_CLOSED")
        return thread

    def _text(self, kind: str, params: Params) -> tuple[str, list[Entity]]:
        name = "text" if kind == "message" else "caption"
        given = params.get(name, "")
        entities: list[Entity] = []
        match params.get("parse_mode", "").lower():
            case "":
                text = given
                for item in json.loads(params.get("entities" if kind == "message" else "caption_entities", "[]")):
                    entities.append(Entity(item["type"], item["offset"], item["length"], item.get("url", "")))
            case "html":
                try:
                    text, entities = parse(given)
                except ParseError as error:
                    raise ApiError(400, f"Bad Request: can't parse entities: {error}") from None
            case _:
                raise ApiError(400, "Bad Request: unsupported parse_mode")
        text, entities = cleaned(text, entities)
        if kind == "message" and not text:
            raise ApiError(400, "Bad Request: message text is empty")
        if utf16_length(text) > (TEXT_LIMIT if kind == "message" else CAPTION_LIMIT):
            raise ApiError(400, "Bad Request: message is too long" if kind == "message" else "Bad Request: message caption is too long")
        if len(entities) > ENTITY_LIMIT:
            raise ApiError(400, "Bad Request: ENTITIES_TOO_LONG")
        return text, entities

    def _flood(self, chat: Chat) -> None:
        now = self.now()
        here = self._sent_at.setdefault(chat.id, [])
        everywhere = [at for times in self._sent_at.values() for at in times if at > now - 1]
        waits = [here[-1] + 1 - now if here else 0.0]
        if chat.type != "channel" and len(here) >= 20:
            waits.append(here[-20] + 60 - now)
        if len(everywhere) >= 30:
            waits.append(min(everywhere) + 1 - now)
        if self.flood and max(waits) > 0:
            seconds = int(max(waits)) + 1
            raise ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        here.append(now)

    def _own(self, params: Params, doing: str) -> Posted:
        chat = self._chat(params)
        for posted in self.posted:
            if posted.chat == chat.id and str(posted.message_id) == params.get("message_id") and not posted.deleted:
                return posted
        raise ApiError(400, f"Bad Request: message to {doing} not found")

    def _edit(self, method: str, params: Params) -> Json:
        posted = self._own(params, "edit")
        name = method.removeprefix("editmessage")
        if (posted.kind == "message") != (name == "text"):
            raise ApiError(400, f"Bad Request: there is no {name} in the message to edit")
        text, entities = self._text(posted.kind, params)
        if (text, entities) == (posted.text, posted.entities):
            raise ApiError(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
                "as a current content and reply markup of the message",
            )
        posted.text, posted.entities, posted.given, posted.edited = text, entities, params.get(name, ""), True
        self.lock.notify_all()
        return self._shown(posted) | {"edit_date": int(self.now())}

    def _delete(self, params: Params) -> bool:
        posted = self._own(params, "delete")
        if self.now() - posted.at > DELETABLE_SECONDS:
            raise ApiError(400, "Bad Request: message can't be deleted for everyone")
        posted.deleted = True
        self.lock.notify_all()
        return True

    def _shown(self, posted: Posted) -> Json:
        chat = self.chats[posted.chat]
        message: Json = {"message_id": posted.message_id, "date": int(posted.at), "chat": chat.as_json()}
        message |= {"sender_chat": chat.as_json()} if chat.type == "channel" else {"from": _bot()}
        if posted.thread is not None:
            message |= {"message_thread_id": posted.thread, "is_topic_message": True}
        entities = [entity.as_json() for entity in posted.entities]
        if posted.kind == "message":
            return message | {"text": posted.text} | ({"entities": entities} if entities else {})
        assert posted.file is not None  # a photo or document has one
        name = f"file{posted.message_id}"
        shown: Json = {"file_id": name, "file_unique_id": name, "file_size": len(posted.file.content)}
        message |= {"photo": [shown | {"width": 1, "height": 1}]} if posted.kind == "photo" else {"document": shown | {"file_name": posted.file.name}}
        return message | ({"caption": posted.text, "caption_entities": entities} if posted.text else {})

    def _message(self, chat: Chat, thread: int | None) -> Json:
        self._message_id += 1
        message: Json = {"message_id": self._message_id, "date": int(self.now()), "chat": chat.as_json()}
        return message | ({"message_thread_id": thread, "is_topic_message": True} if thread is not None else {})

    @staticmethod
    def _member(member: Member) -> Json:
        known: Json = {"status": member.value, "user": _bot()}
        match member:
            case Member.ADMINISTRATOR:
                return known | {"can_be_edited": False} | dict.fromkeys(_ADMIN_RIGHTS, True)
            case Member.RESTRICTED:
                return known | {"is_member": True, "until_date": 0} | dict.fromkeys(_MEMBER_RIGHTS, False)
            case Member.KICKED:
                return known | {"until_date": 0}
            case _:
                return known


_PERSON: Json = {"id": 5550001, "is_bot": False, "first_name": "Ana"}
_NO_GIFTS = dict.fromkeys(("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False)
_ADMIN_RIGHTS = (
    *("is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members", "can_promote_members"),
    *("can_change_info", "can_invite_users", "can_post_messages", "can_edit_messages", "can_pin_messages", "can_manage_topics"),
    *("can_post_stories", "can_edit_stories", "can_delete_stories", "can_send_welcome_messages"),
)
_MEMBER_RIGHTS = (
    *("can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos", "can_send_video_notes"),
    *("can_send_voice_notes", "can_send_polls", "can_send_other_messages", "can_add_web_page_previews", "can_change_info", "can_invite_users"),
    *("can_pin_messages", "can_manage_topics", "can_edit_tag"),
)


def _bot() -> Json:
    return {"id": BOT_ID, "is_bot": True, "first_name": "Neighbours' Bell", "username": "neighbours_bell_bot"}


def _upload(kind: str, params: Params, files: Mapping[str, Upload]) -> Upload:
    given = params.get(kind, "")
    upload = files.get(given.removeprefix("attach://") if given.startswith("attach://") else kind)
    if upload is None:
        text = f"there is no {kind} in the request" if not given else "wrong remote file identifier specified: Wrong character in the string"
        raise ApiError(400, f"Bad Request: {text}")
    size = len(upload.content)
    if not size:
        raise ApiError(400, "Bad Request: file must be non-empty")
    if kind == "photo" and size > PHOTO_BYTES:
        raise ApiError(400, f"Bad Request: file of size {size} bytes is too big for a photo; the maximum size is {PHOTO_BYTES} bytes")
    if size > DOCUMENT_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    if kind == "photo" and not upload.content.startswith(_IMAGE_STARTS):
        raise ApiError(400, "Bad Request: IMAGE_PROCESS_FAILED")
    return upload
