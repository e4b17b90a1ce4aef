"""Names on the services in one form."""

import pytest

from desktop.community import handles
from desktop.community.members import ContactKind


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        (ContactKind.TELEGRAM, "ana_silva", "@ana_silva"),
        (ContactKind.TELEGRAM, " @ana_silva ", "@ana_silva"),
        (ContactKind.TELEGRAM, "https://t.me/ana_silva", "@ana_silva"),
        (ContactKind.TELEGRAM, "912 345 678", "+351912345678"),
        (ContactKind.WHATSAPP, "https://wa.me/351912345678?text=hi", "+351912345678"),
        (ContactKind.WHATSAPP, "912 345 678", "+351912345678"),
        (ContactKind.MATRIX, "https://matrix.to/#/%40ana:example.org", "@ana:example.org"),
        (ContactKind.MATRIX, "https://matrix.to/#/@ana:example.org", "@ana:example.org"),
        (ContactKind.MATRIX, "matrix:u/ana:example.org", "@ana:example.org"),
        (ContactKind.MATRIX, "@ana:example.org", "@ana:example.org"),
        (ContactKind.DISCORD, "https://discord.com/users/123456789012345678", "123456789012345678"),
        (ContactKind.DISCORD, "ana#1234", "ana#1234"),
        (ContactKind.WEBSITE, " example.org ", "example.org"),
    ],
)
def test_given_a_name_as_people_copy_it_when_normalised_then_it_is_in_one_form(kind: ContactKind, written: str, kept: str) -> None:
    assert handles.normalised(kind, written, "PT") == kept
    assert handles.normalised(kind, kept, "PT") == kept


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://t.me/ana_silva", ContactKind.TELEGRAM),
        ("https://wa.me/351912345678", ContactKind.WHATSAPP),
        ("https://matrix.to/#/@ana:example.org", ContactKind.MATRIX),
        ("https://discord.com/users/123456789012345678", ContactKind.DISCORD),
        ("https://example.org/t.me/x", ContactKind.WEBSITE),
        ("https://t.me/joinchat/AAAA", ContactKind.WEBSITE),
    ],
)
def test_given_a_web_address_when_looked_at_then_a_page_on_a_service_is_told_from_a_website(address: str, kind: ContactKind) -> None:
    assert handles.kind_of_address(address) is kind
