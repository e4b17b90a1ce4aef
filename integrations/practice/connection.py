"""Practice as a connection: answers as the channel's settings say, and keeps what it takes on the shelf."""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

from integrations.base import AuthenticationFailed, Context, Identity, Moved, Receipt, Rejected, RetryLater, Target, Unsure
from integrations.message import Message, plain
from integrations.practice import inbox
from integrations.practice.manifest import Account, Answer
from resources.translations import _, phrase

MOVED_SUFFIX = "-new"
"""What a group's id ends with after it has moved."""


class PracticeConnection:
    """`integrations.base.Connection` with edit, delete and targets. Awaits nothing."""

    def __init__(self, account: Account, context: Context) -> None:
        self._account = account
        self._context = context

    async def check(self) -> Identity:
        """Always the same account. Raises AuthenticationFailed where it is set to be refused."""
        self._authenticate()
        return Identity(_("Practice"), "practice", (phrase("Practice stays inside Belfry: what you send here reaches nobody."),))

    async def send(self, message: Message, to: Target, key: str) -> Receipt:
        """Answer as the channel's `answer` says; the key is kept with the message but not honoured."""
        self._authenticate()
        match Answer(to.settings.get("answer") or Answer.OK):
            case Answer.RATE_LIMIT:
                wait = int(to.settings.get("wait") or 30)
                raise RetryLater(phrase("Practice asks to wait {seconds} s, as its channel is set to do.", seconds=wait), timedelta(seconds=wait))
            case Answer.OFFLINE:
                raise RetryLater(phrase("Practice can't be reached, as its channel is set to be."))
            case Answer.REJECTED:
                raise Rejected(
                    phrase("Practice refused the message, as this group is set to do. Let the group take messages again, then send it again.")
                )
            case Answer.CREDENTIALS:
                raise AuthenticationFailed(phrase("Practice refused the account, as this group is set to do. Let the group take messages again."))
            case Answer.MOVED if not to.id.endswith(MOVED_SUFFIX):
                raise Moved(phrase("The practice group has a new address."), (to.id or to.name) + MOVED_SUFFIX)
            case Answer.SILENCE:
                self._keep(message, to, key)
                raise Unsure(phrase("Practice gave no answer. The message may be there: look on the Practice page, then say whether it is."))
            case Answer.LOST:
                raise Unsure(phrase("Practice gave no answer. The message may be there: look on the Practice page, then say whether it is."))
        return self._keep(message, to, key)

    async def edit(self, remote_id: str, message: Message, to: Target) -> Receipt:
        """Put this text in place of the message's. Raises Rejected where there is no such message."""
        self._authenticate()
        self._find(remote_id)
        self._context.shelf.append(inbox.edited(remote_id, plain(message.body)))
        return Receipt(remote_id)

    async def delete(self, remote_id: str, to: Target) -> None:
        """Take the message away. Raises Rejected where there is no such message."""
        self._authenticate()
        self._find(remote_id)
        self._context.shelf.append(inbox.deleted(remote_id))

    async def targets(self) -> Sequence[Target]:
        """Two groups to practise with; any other name is taken as well."""
        self._authenticate()
        return (Target("neighbours", _("Neighbours")), Target("choir", _("Choir")))

    async def refresh(self) -> None:
        """Nothing to drop, nothing to read."""

    async def close(self) -> None:
        """Nothing to let go of."""

    def _authenticate(self) -> None:
        if self._account is Account.REFUSED:
            raise AuthenticationFailed(phrase("Practice refused the account, as it is set to do. Let Practice accept the account again."))

    def _find(self, remote_id: str) -> None:
        if not any(message.id == remote_id for message in inbox.received(self._context.shelf.read())):
            raise Rejected(phrase("The message is not there any more, so it can't be changed."))

    def _keep(self, message: Message, to: Target, key: str) -> Receipt:
        entries = self._context.shelf.read()
        kept = inbox.PracticeMessage(
            id=inbox.next_id(entries),
            key=key,
            channel=to.name,
            target=to.id,
            text=plain(message.body),
            at=self._context.now(),
            silent=message.silent,
            attachments=tuple(attachment.name for attachment in message.attachments),
            digests=tuple(sha256(attachment.content).hexdigest() for attachment in message.attachments),
        )
        self._context.shelf.append(inbox.posted(kept))
        return Receipt(kept.id)
