"""The words of the page “Members” for what the domain names by enums."""

from desktop.community.members import ContactKind, MemberStatus
from resources.translations import _


def way_name(kind: ContactKind) -> str:
    """What a way to reach somebody is called."""
    match kind:
        case ContactKind.EMAIL:
            return _("E-mail")
        case ContactKind.PHONE:
            return _("Phone")
        case ContactKind.TELEGRAM:
            return "Telegram"
        case ContactKind.WHATSAPP:
            return "WhatsApp"
        case ContactKind.DISCORD:
            return "Discord"
        case ContactKind.MATRIX:
            return "Matrix"
        case ContactKind.WEBSITE:
            return _("Website")
        case ContactKind.POSTAL:
            return _("Address")


WAY_ICONS = {
    ContactKind.EMAIL: "mail",
    ContactKind.PHONE: "phone",
    ContactKind.TELEGRAM: "send",
    ContactKind.WHATSAPP: "message-circle",
    ContactKind.DISCORD: "message-circle",
    ContactKind.MATRIX: "message-circle",
    ContactKind.WEBSITE: "globe",
    ContactKind.POSTAL: "map-pin",
}


def status_name(status: MemberStatus) -> str:
    """Where a member stands."""
    match status:
        case MemberStatus.ACTIVE:
            return _("Active")
        case MemberStatus.PAUSED:
            return _("Paused")
        case MemberStatus.FORMER:
            return _("Former")
