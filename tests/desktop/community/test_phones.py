"""Phone numbers in one form."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.community import phones

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)


@pytest.mark.parametrize(
    ("written", "country", "kept"),
    [
        ("912 345 678", "PT", "+351912345678"),
        ("00351 912 345 678", "PT", "+351912345678"),
        ("+351 912-345-678", "", "+351912345678"),
        ("0171 1234567", "DE", "+491711234567"),
        ("+49 (0)30 901820", "PT", "+4930901820"),
        ("\u202a+351\u00a0912\u2011345\u2011678\u202c", "", "+351912345678"),
        ("+39 06 6982", "", "+39066982"),
        ("(206) 555-0123", "US", "+12065550123"),
        ("912345678", "", "912345678"),
        ("112", "PT", "112"),
        ("ask Rui", "PT", "ask Rui"),
        ("+351213467890 ext. 3", "PT", "+351213467890 ext. 3"),
        ("+351 12", "PT", "+351 12"),
        ("", "PT", ""),
    ],
)
def test_given_a_number_as_people_write_it_when_normalised_then_it_is_e164_or_as_written(written: str, country: str, kept: str) -> None:
    assert phones.normalised(written, country) == kept


@given(
    st.sampled_from(REGIONS),
    st.text("0123456789", min_size=3, max_size=13),
    st.sampled_from(["", "0", "+", "+0", "trunk", "+trunk", "code"]),
)
def test_given_any_digits_when_told_plainly_then_phonenumbers_says_the_same(region: str, digits: str, form: str) -> None:
    code = str(phonenumbers.country_code_for_region(region))
    trunk = phonenumbers.ndd_prefix_for_region(region, True) or ""
    number = {"": "", "0": "0", "+": f"+{code}", "+0": f"+{code}0", "trunk": trunk, "+trunk": f"+{code}{trunk}", "code": code}[form] + digits

    assert phones.normalised(number, region) == phones._understood(number, region)


@pytest.mark.parametrize("country", ["PT", "US", "DE", "IT", "BR"])
def test_given_every_countrys_examples_when_told_plainly_then_phonenumbers_says_the_same(country: str) -> None:
    for region in REGIONS:
        for kind in (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE):
            example = phonenumbers.example_number_for_type(region, kind)
            if example is not None:
                for form in (phonenumbers.PhoneNumberFormat.E164, phonenumbers.PhoneNumberFormat.NATIONAL):
                    written = phonenumbers.format_number(example, form)
                    assert phones.normalised(written, country) == phones._understood(written, country), (region, written)
                    assert phones.normalised(written, region) == phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)


@given(st.text("0123456789+ ()-", max_size=16), st.sampled_from(["PT", "US", "DE", ""]))
def test_given_a_normalised_number_when_normalised_again_then_it_stays(written: str, country: str) -> None:
    once = phones.normalised(written, country)

    assert phones.normalised(once, country) == once
