"""What Telegram is given to show: its own reading of our HTML (the fake's parser) gives back the author's text, and the limits hold."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.bodies import bodies, line_texts, styles
from helpers.telegram_html import cleaned, found_by_itself, parse, utf16_length
from integrations.message import (
    WORD_JOINER,
    Attachment,
    AttachmentKind,
    Body,
    Message,
    Paragraph,
    Style,
    Text,
    from_markdown,
    from_plain,
    lay_out,
    plain_line,
)
from integrations.telegram.rendering import render

WOMAN = "\U0001f469"
PHOTO = Attachment(AttachmentKind.PHOTO, "poster.png", "image/png", b"\x89PNG\r\n\x1a\n")

written = bodies(st.builds(Text, line_texts, styles))
from_members = bodies(st.builds(Text, line_texts, styles, inert=st.just(True)), code=st.just("code"))


def shown(body: Body) -> str:
    return without_line_ends(parse(render(Message(body), {}).text)[0])


def meant(body: Body) -> str:
    return without_line_ends(lay_out(body, plain_line, bullet="•"))


def without_line_ends(text: str) -> str:
    """Without the white space at the end of lines, which nobody sees."""
    return re.sub(r"[^\S\n]+$", "", text, flags=re.MULTILINE)


@given(written)
def test_given_any_body_when_telegram_reads_it_then_it_shows_exactly_its_text(body: Body) -> None:
    assert shown(body) == meant(body)


@given(from_members)
def test_given_any_member_data_when_telegram_reads_it_then_it_shows_its_text_and_reaches_out_to_nobody(body: Body) -> None:
    text = shown(body)
    assert text.replace(WORD_JOINER, "") == meant(body).replace(WORD_JOINER, "")
    assert [hit for hit in found_by_itself(text) if hit[0] == "mention" and "://" not in text] == []


@given(bodies())
def test_given_any_body_when_rendered_then_length_and_entities_are_those_that_telegram_counts(body: Body) -> None:
    rendered = render(Message(body), {})
    text, entities = parse(rendered.text)
    assert rendered.length == utf16_length(text)
    assert rendered.entities >= len(entities)
    if not rendered.problems:
        assert utf16_length(cleaned(text, entities)[0]) <= 4096


@given(st.text(st.characters(codec=None, categories=["Cs", "L", "So"])))
def test_given_half_surrogates_when_rendered_then_the_text_can_be_sent(text: str) -> None:
    render(Message((Paragraph((Text(text),)),)), {}).text.encode()


@pytest.mark.parametrize(("attachments", "limit"), [((), 4096), ((PHOTO,), 1024)], ids=["text", "caption"])
def test_given_emoji_up_to_the_limit_when_rendered_then_they_fit_and_one_unit_more_does_not(attachments: tuple[Attachment, ...], limit: int) -> None:
    fits = render(Message(from_plain(WOMAN * (limit // 2)), attachments), {})
    assert (fits.length, fits.limit, fits.problems) == (limit, limit, ())
    over = render(Message(from_plain(WOMAN * (limit // 2) + "x"), attachments), {})
    (problem,) = over.problems
    assert "1 character too long" in str(problem)


def test_given_markup_when_rendered_then_the_limit_counts_what_is_shown() -> None:
    assert render(Message(from_markdown("**" + "<&>" * 1365 + "x**")), {}).problems == ()


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("**bold** *italic* ~~struck~~ `code`", "<b>bold</b> <i>italic</i> <s>struck</s> <code>code</code>"),
        ("***both***", "<i><b>both</b></i>"),
        ("**`code`**", "<code>code</code>"),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("[map](https://x.org/?a=1&b=2)", '<a href="https://x.org/?a=1&amp;b=2">map</a>'),
        ('[q](<https://x.org/"?>)', '<a href="https://x.org/&quot;?">q</a>'),
        ("[`code`](https://x.org/)", '<a href="https://x.org/">code</a>'),
        ("[here](http://localhost/x)", "here (http://localhost/x)"),
        ("- one\n- two", "• one\n• two"),
        ("```\na < b\n```", "<pre>a &lt; b</pre>"),
    ],
)
def test_given_markdown_when_rendered_then_it_is_telegrams_html(markdown: str, html: str) -> None:
    assert render(Message(from_markdown(markdown)), {}).text == html


def test_given_a_link_that_telegram_would_drop_when_rendered_then_its_address_is_written_out() -> None:
    for link in ("mailto:ana@example.org", "tel:+351912345678", "http://localhost/", "https://[", "https://x y.org"):
        rendered = render(Message((Paragraph((Text("here", link=link),)),)), {})
        assert "<a" not in rendered.text
        assert link in parse(rendered.text)[0]


def test_given_a_hundred_pieces_of_formatting_when_rendered_then_they_fit_and_one_more_does_not() -> None:
    piece = Text("b", frozenset({Style.BOLD}))
    hundred = (Paragraph((piece, Text(" ")) * 100),)
    assert (render(Message(hundred), {}).entities, render(Message(hundred), {}).problems) == (100, ())
    (problem,) = render(Message((*hundred, Paragraph((piece,)))), {}).problems
    assert "101 bold, italic or linked pieces" in str(problem)


def test_given_an_empty_file_when_rendered_then_a_problem_names_it() -> None:
    nothing = Attachment(AttachmentKind.DOCUMENT, "menu.pdf", "application/pdf", b"")
    assert [str(problem) for problem in render(Message(from_plain("Menu"), (nothing,)), {}).problems] == [
        "“menu.pdf” is empty. Choose the file again."
    ]
