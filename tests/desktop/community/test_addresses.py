"""E-mail addresses in one form."""

import email_validator
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.community import addresses


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("ana@example.org", "ana@example.org"),
        ("Ana.Silva+choir@Example.ORG", "Ana.Silva+choir@example.org"),
        ("josé@exämple.org", "josé@exämple.org"),
        ("o'brien@example.org", "o'brien@example.org"),
        ("ana@choir.test", "ana@choir.test"),
        ("ana@", None),
        ("ana example.org", None),
        ("ana@@example.org", None),
        ("ana@example", None),
        ("ana..b@example.org", None),
        ("ana@gmail,com", None),
        ("", None),
        ("a" * 65 + "@example.org", None),
        ("a@" + "b." * 130 + "org", None),
        ("a@-b.org", None),
    ],
)
def test_given_an_address_when_normalised_then_it_is_in_one_form_or_refused(written: str, kept: str | None) -> None:
    assert addresses.normalised(written) == kept


@given(st.from_regex(r"[A-Za-z0-9_.+-]{1,12}@([A-Za-z0-9-]{1,8}\.){1,3}[A-Za-z]{2,6}", fullmatch=True))
def test_given_a_plain_looking_address_when_told_plainly_then_email_validator_says_the_same(address: str) -> None:
    special = email_validator.SPECIAL_USE_DOMAIN_NAMES
    domain = address.rpartition("@")[2].lower()
    if any(domain == name or domain.endswith("." + name) for name in special):
        return  # names that no mail reaches today may be a village's own tomorrow: only the spelling is judged

    assert addresses.normalised(address) == addresses._validated(address)


def test_given_two_spellings_of_one_mailbox_when_compared_then_their_keys_are_equal() -> None:
    assert addresses.key("Ana@example.org") == addresses.key("ana@example.org")
