"""The kinds of places that are posted to by hand, with what to ask for and how each formats text. Facts: services.md of the design."""

from collections.abc import Callable
from dataclasses import dataclass

from resources.translations import mark


@dataclass(frozen=True, slots=True)
class Preset:
    """A kind of place.

    Attributes:
        id: a short name.
        name, sentence: message ids: what it is called, how posting there works.
        asks: message id: what is asked for; empty where nothing needs to be.
        hint: an example of the answer.
        needed: whether the answer may be left empty.
        formatting: of the By hand manifest.
        address: what is opened, made from the answer.
    """

    id: str
    name: str
    sentence: str
    asks: str
    hint: str
    formatting: str
    needed: bool = False
    address: Callable[[str], str] = str.strip
    icon: str = "hand"


def _reddit(given: str) -> str:
    name = given.strip().removeprefix("https://").removeprefix("http://").removeprefix("www.").removeprefix("old.").removeprefix("reddit.com/")
    name = name.strip("/").removeprefix("r/").split("/")[0].split("?")[0]
    return f"https://www.reddit.com/r/{name}" if name else ""


def _substack(given: str) -> str:
    name = given.strip().removeprefix("https://").removeprefix("http://").split("/")[0].removesuffix(".substack.com")
    if not name:
        return "https://substack.com/home"
    return f"https://{name if '.' in name else name + '.substack.com'}/publish/post"


def _web(given: str) -> str:
    """People leave `https://` away."""
    given = given.strip()
    return f"https://{given}" if given and ":" not in given.split("/")[0] else given


def _otherwise(usual: str) -> Callable[[str], str]:
    return lambda given: _web(given) or usual


PRESETS: tuple[Preset, ...] = (
    Preset(
        "whatsapp",
        mark("WhatsApp group"),
        mark("Belfry writes the text, opens WhatsApp with it, and you choose the group and press send. Several groups can be chosen there at once."),
        mark("Invitation link of the group (may be left empty)"),
        "https://chat.whatsapp.com/…",
        "whatsapp",
        address=_web,
        icon="message-circle",
    ),
    Preset(
        "facebook",
        mark("Facebook group"),
        mark("Facebook lets no program post in groups. Belfry copies the text and opens the group, and you paste it."),
        mark("Address of the group"),
        "https://www.facebook.com/groups/…",
        "plain",
        needed=True,
        address=_web,
        icon="users",
    ),
    Preset(
        "instagram",
        mark("Instagram"),
        mark("Belfry copies the caption and the picture. Posting is easiest on the phone: its camera reads a code from this screen."),
        mark("Address of your page (may be left empty)"),
        "https://www.instagram.com/…",
        "plain",
        address=_otherwise("https://www.instagram.com/"),
        icon="camera",
    ),
    Preset(
        "tiktok",
        mark("TikTok"),
        mark("Belfry copies the caption. You choose the video."),
        "",
        "",
        "plain",
        address=lambda _given: "https://www.tiktok.com/upload",
        icon="play",
    ),
    Preset(
        "reddit",
        mark("Reddit"),
        mark("Belfry opens the page for a new post with title and text in it. You press “Post”."),
        mark("Name of the subreddit"),
        "r/…",
        "markdown",
        needed=True,
        address=_reddit,
        icon="megaphone",
    ),
    Preset(
        "discord",
        mark("Discord, as myself"),
        mark("Belfry copies the text and opens the channel. You paste it under your own name."),
        mark("Link of the channel (right click on it: “Copy Link”)"),
        "https://discord.com/channels/…",
        "markdown",
        needed=True,
        address=_web,
        icon="hash",
    ),
    Preset(
        "telegram",
        mark("Telegram, as myself"),
        mark("For groups where no bot may be. Belfry copies the text and opens the group, and you paste it under your own name."),
        mark("Link of the group (may be left empty)"),
        "https://t.me/…",
        "plain",
        address=_otherwise("https://web.telegram.org/"),
        icon="send",
    ),
    Preset(
        "patreon",
        mark("Patreon"),
        mark("Belfry copies the text and opens the page for a new post."),
        "",
        "",
        "plain",
        address=lambda _given: "https://www.patreon.com/posts/new",
        icon="heart",
    ),
    Preset(
        "substack",
        mark("Substack"),
        mark("Belfry copies the text and opens the page for a new post."),
        mark("Name of your Substack (may be left empty)"),
        "….substack.com",
        "plain",
        address=_substack,
        icon="notebook-pen",
    ),
    Preset(
        "other",
        mark("Any other place"),
        mark("A forum, a notice board, a mailing list: Belfry copies the text and opens the address."),
        mark("Address to open (may be left empty)"),
        "https://…",
        "plain",
        address=_web,
        icon="globe",
    ),
)


def preset(id: str) -> Preset:
    """The preset with this id. Raises KeyError."""
    return next(one for one in PRESETS if one.id == id)
