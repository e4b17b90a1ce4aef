"""What a column of a table can become, in words, for the mapping of an import."""

from desktop.exchange.dates import DateOrder
from desktop.exchange.headers import Field
from desktop.exchange.member_csv import ColumnUse, Untold
from resources.translations import Phrase, phrase

__all__ = ["IGNORE", "KEEP_AS_FIELD", "ColumnUse", "Untold", "choices"]

IGNORE = Field.IGNORE.value
KEEP_AS_FIELD = "field"
"""The column becomes a field of its own name."""


def choices() -> list[tuple[str, Phrase]]:
    """(what is written in a mapping, what a person reads), the usual ones first."""
    return [
        (Field.NAME.value, phrase("Name")),
        (Field.GIVEN.value, phrase("First name")),
        (Field.FAMILY.value, phrase("Last name")),
        (Field.EMAIL.value, phrase("E-mail")),
        (Field.PHONE.value, phrase("Phone")),
        (Field.TAGS.value, phrase("Tags")),
        (Field.JOINED.value, phrase("Joined")),
        (f"{Field.JOINED}:{DateOrder.DAY}", phrase("Joined, the day first")),
        (f"{Field.JOINED}:{DateOrder.MONTH}", phrase("Joined, the month first")),
        (Field.BIRTHDAY.value, phrase("Birthday")),
        (f"{Field.BIRTHDAY}:{DateOrder.DAY}", phrase("Birthday, the day first")),
        (f"{Field.BIRTHDAY}:{DateOrder.MONTH}", phrase("Birthday, the month first")),
        (Field.STATUS.value, phrase("Status")),
        (Field.NOTES.value, phrase("Notes")),
        (Field.ORGANIZATION.value, phrase("Organization")),
        (Field.TITLE.value, phrase("Job")),
        (Field.NICKNAME.value, phrase("Nickname")),
        (Field.ADDITIONAL.value, phrase("Middle name")),
        (Field.PREFIX.value, phrase("Title before the name")),
        (Field.SUFFIX.value, phrase("Suffix after the name")),
        (Field.TELEGRAM.value, phrase("Telegram")),
        (Field.WHATSAPP.value, phrase("WhatsApp")),
        (Field.DISCORD.value, phrase("Discord")),
        (Field.MATRIX.value, phrase("Matrix")),
        (Field.WEBSITE.value, phrase("Website")),
        (Field.POSTAL.value, phrase("Address")),
        (Field.STREET.value, phrase("Street")),
        (Field.CODE.value, phrase("Postal code")),
        (Field.CITY.value, phrase("City")),
        (Field.REGION.value, phrase("Region")),
        (Field.COUNTRY.value, phrase("Country")),
        (Field.LANGUAGE.value, phrase("Language")),
        (Field.KIND.value, phrase("Person or organization")),
    ]
