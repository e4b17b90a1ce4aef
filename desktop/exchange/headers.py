"""What the columns of other programs' tables mean, told from their headers: `Mobile Phone`, `E-mail 2 - Value`, `Geburtsdatum`, `prenom_adh`.

Headers are compared folded (`community.fold`), so case, accents and punctuation do not count. The exports are listed in formats.md.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, StrEnum, auto

from desktop.community.errors import Refused
from desktop.community.fold import fold
from desktop.exchange.dates import DateOrder
from desktop.exchange.tables import LINE, REASON
from resources.translations import phrase


class Field(StrEnum):
    """What a column can be. The values are the names that a person uses (`--map HEADER=field`)."""

    NAME = "name"
    PREFIX = "prefix"
    GIVEN = "given"
    ADDITIONAL = "additional"
    FAMILY = "family"
    SUFFIX = "suffix"
    NICKNAME = "nickname"
    ORGANIZATION = "organization"
    TITLE = "title"
    KIND = "kind"
    BIRTHDAY = "birthday"
    JOINED = "joined"
    STATUS = "status"
    LANGUAGE = "language"
    NOTES = "notes"
    TAGS = "tags"
    EMAIL = "email"
    PHONE = "phone"
    TELEGRAM = "telegram"
    WHATSAPP = "whatsapp"
    DISCORD = "discord"
    MATRIX = "matrix"
    WEBSITE = "website"
    POSTAL = "postal"
    STREET = "street"
    EXTENDED = "extended"
    PO_BOX = "po_box"
    CITY = "city"
    REGION = "region"
    CODE = "code"
    COUNTRY = "country"
    ID = "id"
    CUSTOM = "field"
    IGNORE = "ignore"


WAYS = frozenset({Field.EMAIL, Field.PHONE, Field.TELEGRAM, Field.WHATSAPP, Field.DISCORD, Field.MATRIX, Field.WEBSITE})
"""Fields of which a member may have any number."""
DATES = frozenset({Field.BIRTHDAY, Field.JOINED})
"""Fields that are a day. What comes first in them can be said behind a colon: `birthday:month`."""
ADDRESS = frozenset({Field.POSTAL, Field.STREET, Field.EXTENDED, Field.PO_BOX, Field.CITY, Field.REGION, Field.CODE, Field.COUNTRY})
"""The whole of a postal address and its parts."""


class Part(Enum):
    """Which of the columns of a numbered block this is: `E-mail 1 - Label`, `E-mail 1 - Value`."""

    VALUE = auto()
    LABEL = auto()
    PREFERRED = auto()


@dataclass(frozen=True, slots=True)
class Target:
    """Where the cells of a column go.

    Attributes:
        detail: the label of a way to reach somebody (`work`), the name of a custom field, or what comes first in a date (`month`).
        block: columns with the same field (or any part of an address) and the same block make one thing; empty: this column alone.
        preferred: the header says that this is the first to try.
    """

    field: Field
    detail: str = ""
    block: str = ""
    part: Part = Part.VALUE
    preferred: bool = False

    def __str__(self) -> str:
        return f"{self.field}:{self.detail}" if self.detail else str(self.field)

    @classmethod
    def parse(cls, text: str) -> "Target":
        """What a person wrote after `HEADER=`: `email`, `phone:work`, `field:Allergies`, `ignore`. Raises Refused."""
        name, _, detail = text.strip().partition(":")
        try:
            field = Field(name.strip().lower().replace("-", "_"))
        except ValueError:
            known = ", ".join(Field)
            raise Refused(phrase("“{field}” is nothing that a column can be. Choose one of: {known}.", field=text, known=known)) from None
        if field is Field.CUSTOM and not detail.strip():
            raise Refused(phrase("Say which field, as in field:Allergies."))
        if field in DATES and detail.strip() not in ("", *DateOrder):
            raise Refused(phrase("Of a date, say whether the day or the month comes first: {field}:day or {field}:month.", field=str(field)))
        return cls(field, detail.strip(), detail.strip() if field in ADDRESS else "")


_WORDS: dict[str, str] = {
    "name": "Name|Full name|Display name|Contact name|Member name|Attendee name|Nome|Nome completo|Nombre|Nombre completo|Nom|Nom complet"
    "|Vollständiger Name|Anzeigename|Participant",
    "prefix": "Name prefix|Prefix|Salutation|Individual prefix|Honorific|Anrede|Titel|Tratamento|Civilité|titre_adh",
    "given": "First name|Given name|Forename|First|Firstname|Vorname|Primeiro nome|Nome próprio|Nombre de pila|Prénom|prenom_adh|Rufname",
    "additional": "Middle name|Additional name|Additional names|Second name|Nomes do meio|Segundo nombre|Deuxième prénom|Weitere Vornamen",
    "family": "Last name|Family name|Surname|Last|Lastname|Nachname|Familienname|Apelido|Apelidos|Sobrenome|Apellido|Apellidos"
    "|Nom de famille|nom_adh",
    "suffix": "Name suffix|Suffix|Individual suffix|Namenszusatz|Sufixo|Sufijo|Suffixe",
    "nickname": "Nickname|Nick|Alcunha|Apodo|Surnom|Pseudo|Spitzname|pseudo_adh|Preferred name",
    "organization": "Organization|Organisation|Organization name|Company|Company name|Current employer|Employer|Empresa|Organização|Organización"
    "|Firma|Verein|Société|Entreprise|societe_adh",
    "title": "Job title|Title|Position|Organization title|Occupation|Profession|Cargo|Profissão|Profesión|Puesto|Beruf|Título|Poste|activite_adh",
    "kind": "Kind|Contact type|Tipo de contacto|Kontaktart",
    "birthday": "Birthday|Birth date|Birthdate|Date of birth|DOB|Born|Geburtstag|Geburtsdatum|Data de nascimento|Nascimento|Aniversário"
    "|Fecha de nacimiento|Cumpleaños|Nacimiento|Date de naissance|Anniversaire|ddn_adh",
    "joined": "Joined|Joined on|Join date|Date joined|Member since|Joined group on|Patronage since date|OPTIN_TIME|Membership start date"
    "|Data de inscrição|Data de adesão|Sócio desde|Membro desde|Mitglied seit|Eintritt|Eintrittsdatum|Beitritt|Beitrittsdatum|Fecha de alta"
    "|Fecha de ingreso|Miembro desde|Date d'adhésion|Membre depuis|date_crea_adh",
    "status": "Status|Member status|Membership status|Patron status|Estado|Situação|Mitgliedsstatus|Statut",
    "language": "Language|Preferred language|Idioma|Língua|Sprache|Langue|pref_lang",
    "notes": "Notes|Note|Comments|Comment|Remarks|Intro|Notas|Observações|Comentários|Observaciones|Comentarios|Notizen|Bemerkung|Bemerkungen"
    "|Anmerkungen|Remarques|Commentaires|Notes(s)|info_adh",
    "tags": "Tags|Tag|Labels|Group membership|Groups|Group(s)|Categories|Category|Group participation|Etiquetas|Grupos|Categorias|Categorías|Gruppen"
    "|Kategorien|Schlagwörter|Étiquettes|Groupes|Catégories|Circles",
    "email": "Email|E-mail|E-mail address|Email address|Mail|Primary email|Correio eletrónico|Correo|Correo electrónico|Courriel|Adresse e-mail"
    "|Adresse mail|E-Mail-Adresse|Endereço de email|Dirección de correo electrónico|email_adh|Mailadresse",
    "email:home": "Home email|Personal email|Private E-Mail|Email pessoal",
    "email:work": "Work email|Business email|Dienstliche E-Mail|Email profissional",
    "phone": "Phone|Phone number|Telephone|Telephone number|Tel|Telefone|Telefon|Telefonnummer|Teléfono|Téléphone|Número de telefone"
    "|Contacto|tel_adh",
    "phone:mobile": "Mobile phone|Mobile|Mobile number|Cell|Cell phone|Telemóvel|Celular|Móvil|Teléfono móvil|Handy|Handynummer|Mobil|Mobiltelefon"
    "|Portable|Mobile Telefonnummer|gsm_adh|SMS phone number",
    "phone:home": "Home phone|Telefone de casa|Telefon privat|Telefon (privat)|Teléfono particular|Téléphone domicile|Festnetz|Landline",
    "phone:work": "Business phone|Work phone|Office phone|Telefon geschäftlich|Telefon (geschäftlich)|Telefone do trabalho|Teléfono del trabajo"
    "|Téléphone bureau",
    "phone:other": "Other phone|Weiteres Telefon",
    "phone:main": "Company main phone",
    "phone:fax": "Fax|Telefax",
    "phone:home fax": "Home fax",
    "phone:work fax": "Business fax|Work fax",
    "phone:other fax": "Other fax",
    "phone:car": "Car phone",
    "phone:radio": "Radio phone",
    "phone:pager": "Pager",
    "phone:callback": "Callback",
    "phone:ISDN": "ISDN",
    "phone:telex": "Telex",
    "phone:TTY": "TTY/TDD Phone",
    "telegram": "Telegram|Telegram username|Telegram handle|Telegram user",
    "whatsapp": "WhatsApp|WhatsApp number|Número de WhatsApp",
    "discord": "Discord|Discord username|Discord handle",
    "matrix": "Matrix|Matrix ID|Matrix address",
    "website": "Website|Web page|Web site|URL|Homepage|Site|Página web|Sitio web|Site web|Webseite|url_adh|Blog",
    "website:home": "Personal web page",
    "website:Meetup": "URL of Member Profile",
    "postal": "Address|Postal address|Mailing address|Full address|Endereço|Dirección|Anschrift",
    "street": "Street|Street address|Address 1|Address line 1|Morada|Rua|Calle|Straße|Strasse|Adresse|Rue|adresse_adh|Straße und Hausnummer",
    "extended": "Address 2|Address line 2|Supplemental address 1|Adresszusatz|Complemento|Extended address|Apartment|adresse2_adh",
    "po_box": "PO Box|P.O. Box|Postfach|Apartado|Caixa postal|Boîte postale",
    "city": "City|Town|Cidade|Localidade|Ciudad|Localidad|Población|Ort|Stadt|Wohnort|Ville|ville_adh",
    "region": "State|Region|Province|State/Province|County|Distrito|Provincia|Bundesland|Région|State/Region|region_adh",
    "code": "Postal code|Zip|Zip code|Postcode|Zip/Postal code|Código postal|CEP|PLZ|Postleitzahl|Code postal|cp_adh",
    "country": "Country|Country/Region|País|Land|Pays|pays_adh",
    "id": "Belfry ID",
    "ignore": f"{LINE}|{REASON}",
}
_PLACES = {"business": "work", "work": "work", "home": "home", "other": "other", "mailing": "", "billing": "billing"}
_PLACE_PARTS = {
    "street": Field.STREET,
    "street 2": Field.EXTENDED,
    "street 3": Field.EXTENDED,
    "address": Field.POSTAL,
    "address 1": Field.STREET,
    "address 2": Field.EXTENDED,
    "address po box": Field.PO_BOX,
    "city": Field.CITY,
    "state": Field.REGION,
    "zip": Field.CODE,
    "postal code": Field.CODE,
    "country": Field.COUNTRY,
    "country region": Field.COUNTRY,
}
_BLOCK_PARTS = {
    "formatted": Field.POSTAL,
    "street": Field.STREET,
    "city": Field.CITY,
    "po box": Field.PO_BOX,
    "region": Field.REGION,
    "postal code": Field.CODE,
    "country": Field.COUNTRY,
    "extended address": Field.EXTENDED,
}
_BLOCK = re.compile(
    r"(?P<what>e ?mail|phone|website|address|organization|event|relation|custom field|telegram|whatsapp|discord|matrix)"
    r" (?P<number>\d+) (?P<part>[a-z ]+)"
)
_PLACE = re.compile(rf"(?P<place>{'|'.join(_PLACES)}) (?P<part>{'|'.join(sorted(_PLACE_PARTS, key=len, reverse=True))})")
_OUTLOOK_EMAIL = re.compile(r"e mail (?:(?P<number>\d+) )?(?P<part>address|type|display name)")
_NUMBERED = re.compile(r"(?P<base>.+?) ?\d+")
KNOWN = {fold(word): Target.parse(target) for target, words in _WORDS.items() for word in words.split("|")}
KNOWN["primary phone"] = Target(Field.PHONE, preferred=True)
"""What each header means, folded."""


def known(headers: Sequence[str]) -> int:
    """How many of these are headers of a column that means something."""
    return sum(target_of(header) is not None for header in headers)


def target_of(header: str) -> Target | None:
    """What a column is, by its header alone; None where nothing is known of it."""
    words = fold(header)
    if header.lower().startswith("field:"):
        return Target(Field.CUSTOM, header[len("field:") :].strip())
    block = _BLOCK.fullmatch(words)
    target = _of_block(block["what"].replace(" ", ""), block["number"], block["part"]) if block else None
    if target is not None:
        return target
    email = _OUTLOOK_EMAIL.fullmatch(words)
    if email:
        return Target(Field.EMAIL) if email["part"] == "address" else None
    if words in KNOWN:
        return KNOWN[words]
    place = _PLACE.fullmatch(words)
    if place:
        label = _PLACES[place["place"]]
        return Target(_PLACE_PARTS[place["part"]], label, label or place["place"])
    numbered = _NUMBERED.fullmatch(words)
    base = KNOWN.get(numbered["base"]) if numbered else None
    return base if base is not None and base.field in WAYS else None


def targets(headers: Sequence[str]) -> list[Target | None]:
    """What each column is, seen together: `Name` beside `Vorname` is the family name, `Title` beside `Job Title` is how somebody is addressed."""
    found = [target_of(header) for header in headers]
    words = [fold(header) for header in headers]
    fields = {target.field for target in found if target}
    for index, word in enumerate(words):
        if word in ("name", "nome", "nombre", "nom"):
            if Field.GIVEN in fields and Field.FAMILY not in fields and not any(words[i] in ("full name", "display name") for i in range(len(words))):
                found[index] = Target(Field.FAMILY)
            elif Field.FAMILY in fields and Field.GIVEN not in fields:
                found[index] = Target(Field.GIVEN)
        elif word == "title" and {"job title", "position", "organization title"} & set(words):
            found[index] = Target(Field.PREFIX)
        elif word == "created at" and "active subscription" in words:  # Substack: the day somebody signed up; elsewhere anything
            found[index] = Target(Field.JOINED)
    return found


def _of_block(what: str, number: str, part: str) -> Target | None:
    """A column of Google's numbered blocks, and of our own."""
    kinds = {"label": Part.LABEL, "type": Part.LABEL, "value": Part.VALUE, "preferred": Part.PREFERRED}
    match what:
        case "address" if part in _BLOCK_PARTS:
            return Target(_BLOCK_PARTS[part], block=number)
        case "address" if part in ("label", "type", "preferred"):
            return Target(Field.POSTAL, block=number, part=kinds[part])
        case "organization":
            field = {"name": Field.ORGANIZATION, "title": Field.TITLE}.get(part)
            return Target(field) if field else None
        case "event" | "relation" | "customfield" if part in ("label", "type", "value"):
            return Target(Field.CUSTOM, block=f"{what} {number}", part=kinds[part])
        case "email" | "phone" | "website" | "telegram" | "whatsapp" | "discord" | "matrix" if part in kinds:
            return replace(Target(Field(what)), block=number, part=kinds[part])
        case _:
            return None


def same(header: str, other: str) -> bool:
    """Whether a person would call these two headers the same."""
    return header == other or (fold(header) == fold(other) and fold(header) != "")
