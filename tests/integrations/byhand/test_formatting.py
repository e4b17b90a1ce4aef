"""The text that a person pastes: formatted as the place does it, and never by accident."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given

from helpers.bodies import HOSTILE, bodies, line_texts
from integrations.base import settings_problems
from integrations.byhand import MANIFEST
from integrations.byhand.whatsapp import LOOK_ALIKE
from integrations.message import WORD_JOINER, Body, CodeBlock, Message, Paragraph, Style, Text, from_markdown, from_plain, plain

TEXT_BODIES = bodies(line_texts.map(Text))


def whatsapp(body: Body) -> str:
    return MANIFEST.render(Message(body), {"formatting": "whatsapp"}).text


def markdown(body: Body) -> str:
    return MANIFEST.render(Message(body), {"formatting": "markdown"}).text


def formatted_by_whatsapp(text: str) -> list[str]:
    """What WhatsApp may format in a text, by a generous reading of its help page: marks at the edges of words, within a line, nothing inside code."""
    text = re.sub(r"```.+?```", "\ue000", text, flags=re.DOTALL)
    lines = [re.sub(r"`[^`\n]+`", "\ue000", line) for line in text.split("\n")]
    spans = [found[0] for line in lines for mark in "*_~" for found in re.finditer(rf"(?<![^\W_])\{mark}(?=\S)[^\n]*?(?<=\S)\{mark}(?![^\W_])", line)]
    return spans + [line for line in lines if re.match(r"\s*>", line)]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**bold** *italic* ~~gone~~ `code`", "*bold* _italic_ ~gone~ `code`"),
        ("***both***", "*_both_*"),
        ("**see *this* now**", "*see _this_ now*"),
        ("a**b**c", "abc"),
        ("**a `b` c**", "*a* `b` *c*"),
        ("**a**!", "*a*!"),
        ("**one\ntwo**", "*one*\n*two*"),
        ("# Choir\ntonight", "*Choir*\n\ntonight"),
        ("```\na *b*\n```", "```a *b*```"),
        ("- a\n- b\n  - c", "- a\n- b\n  - c"),
        ("[map](https://x.org/a_b)", "map (https://x.org/a_b)"),
        ("[**map**](https://x.org)", "*map* (https://x.org)"),
        ("snake_case_name and 5 * 3 * 2", "snake_case_name and 5 * 3 * 2"),
        (r"\*a\*", "∗a∗"),
        (r"f\*\*\*", "f∗∗∗"),
        (r"one \*star", "one *star"),
        (r"**a\* b**", "*a∗ b*"),
        ("https://x.org/_a_/b_c", "https://x.org/%5Fa%5F/b_c"),
        ("**https://x.org**, **at https://x.org/a now**", "https://x.org, *at https://x.org/a now*"),
        ("https://x.org/~ana", "https://x.org/~ana"),
        (r"\> a" + "\n" + r"\- b", f"{WORD_JOINER}> a\n{WORD_JOINER}- b"),
    ],
)
def test_given_an_announcement_then_whatsapp_shows_it_as_it_was_meant(written: str, shown: str) -> None:
    assert whatsapp(from_markdown(written)) == shown


@given(TEXT_BODIES)
def test_given_unformatted_text_then_whatsapp_formats_none_of_it_and_loses_none(body: Body) -> None:
    written = whatsapp(body)
    outside_code = re.sub(r"```.+?```", "", written, flags=re.DOTALL) if any(isinstance(block, CodeBlock) for block in body) else written
    if "```" not in outside_code:
        assert formatted_by_whatsapp(written) == []
    signs = str.maketrans({alike: mark for mark, alike in LOOK_ALIKE.items()})
    assert _letters(written.translate(signs), "`") == _letters(plain(body).translate(signs), "`")


@pytest.mark.parametrize("text", HOSTILE)
def test_given_hostile_member_data_then_whatsapp_formats_and_mentions_nothing(text: str) -> None:
    written = whatsapp(from_plain(text))
    assert formatted_by_whatsapp(written) == []
    assert "```" not in written
    assert not re.search(r"(?<!\w)@\w", written)


@pytest.mark.parametrize("text", HOSTILE)
def test_given_hostile_member_data_then_markdown_formats_and_mentions_nothing(text: str) -> None:
    written = markdown(from_plain(text))
    assert not re.search(r"(?<!\w)@\w|@everyone|@here", written)
    for block in from_markdown(written):
        assert isinstance(block, Paragraph)
        assert all(not isinstance(piece, Text) or (not piece.styles and not piece.link) for piece in block.inlines)


@given(TEXT_BODIES)
def test_given_unformatted_text_then_markdown_reads_back_as_the_same_text(body: Body) -> None:
    assert _letters(plain(from_markdown(markdown(body)))) == _letters(plain(body))


@given(bodies())
def test_given_formatted_text_then_markdown_reads_back_as_the_same_text(body: Body) -> None:
    assert _letters(plain(from_markdown(markdown(body)))) == _letters(plain(body))


def _letters(text: str, left_out: str = "") -> str:
    """The text without blanks and invisible characters; escapes of web addresses undone."""
    return "".join(letter for letter in unquote(text) if not letter.isspace() and letter not in (WORD_JOINER, "\0", "\ufffd", *left_out))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**bold** *italic* ~~gone~~ `code`", "**bold** *italic* ~~gone~~ `code`"),
        ("one\ntwo", "one  \ntwo"),
        ("Bring:\n- a\n- b", "Bring:\n\n- a\n- b"),
        (r"\*a\* 1\. b", r"\*a\* 1. b"),
        (r"1\. b", r"1\. b"),
        ("[map](https://x.org/a_b)", "map (https://x.org/a_b)"),
    ],
)
def test_given_an_announcement_then_markdown_shows_it_as_it_was_meant(written: str, shown: str) -> None:
    assert markdown(from_markdown(written)) == shown


def test_given_plain_formatting_then_nothing_is_marked() -> None:
    rendered = MANIFEST.render(Message(from_markdown("**bold** [map](https://x.org)")), {"formatting": "plain"})
    assert (rendered.text, rendered.entities, rendered.problems) == ("bold map (https://x.org)", 0, ())


def test_given_styles_that_cross_then_no_mark_is_left_open() -> None:
    bold, italic, both = frozenset({Style.BOLD}), frozenset({Style.ITALIC}), frozenset({Style.BOLD, Style.ITALIC})
    body = (Paragraph((Text("a ", bold), Text("b", both), Text(" c", italic))),)
    assert whatsapp(body) == "*a b* c"


@pytest.mark.parametrize(
    "address", ["https://chat.whatsapp.com/AbC", "http://x.org", "whatsapp://send?text=a", "tg://resolve?domain=x", "mailto:list@example.org"]
)
def test_given_an_address_of_a_page_or_an_app_then_it_is_right(address: str) -> None:
    assert settings_problems(MANIFEST.channel_fields, {"address": address}) == ()


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "file:///etc/passwd", "C:\\x", "example.org", "https://", "https://[x", "https://x y", "smb://x/y", "data:x"],
)
def test_given_any_other_address_then_a_sentence_says_so(address: str) -> None:
    (problem,) = settings_problems(MANIFEST.channel_fields, {"address": address})
    assert "address" in str(problem) or "opens" in str(problem)
