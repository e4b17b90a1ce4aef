"""How a place in Telegram is named, and what is said of a name that is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.telegram import MANIFEST
from integrations.telegram.address import Address, parse, problem_of


@pytest.mark.parametrize(
    ("id", "address"),
    [
        ("-1001234567890", Address(-1001234567890)),
        ("-4567890", Address(-4567890)),
        (" -1001234567890/45 ", Address(-1001234567890, 45)),
        ("-1001234567890/1", Address(-1001234567890)),
        ("@town_news", Address("@town_news")),
        ("@town_news/7", Address("@town_news", 7)),
    ],
)
def test_given_a_group_a_topic_or_a_public_name_then_it_is_understood(id: str, address: Address) -> None:
    assert problem_of(id) is None
    assert parse(id) == address


@pytest.mark.parametrize(
    ("id", "said"),
    [
        ("1234567890", "begins with a minus"),
        ("1234567890/45", "begins with a minus"),
        ("https://t.me/town_news", "with an @ before it"),
        ("", "not a Telegram group"),
        ("Neighbours", "not a Telegram group"),
        ("@x", "not a Telegram group"),
        ("-0", "not a Telegram group"),
        ("-100123/", "not a Telegram group"),
        ("-١٢٣", "not a Telegram group"),
    ],
)
def test_given_a_name_that_is_none_then_a_sentence_says_what_to_write(id: str, said: str) -> None:
    assert said in str(problem_of(id))
    with pytest.raises(ValueError, match="address"):
        parse(id)


@given(st.text())
def test_given_any_text_then_it_has_a_problem_or_can_be_read(id: str) -> None:
    if problem_of(id) is None:
        parse(id)


@pytest.mark.parametrize(("token", "right"), [("123456789:" + "aB3_-" * 7, True), ("123456789:short", False), ("aB3_-" * 9, False), ("", False)])
def test_given_a_token_then_its_shape_is_looked_at(token: str, right: bool) -> None:
    problem = MANIFEST.fields[0].problem
    assert problem is not None
    assert (problem(token) is None) == right
    assert token == "" or token not in str(problem(token) or "")
