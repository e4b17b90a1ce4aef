"""What an author wrote comes out whole, and what a member's data says stays what it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.bodies import HOSTILE, bodies
from integrations.base import LengthUnit
from integrations.message import (
    WORD_JOINER,
    Attachment,
    AttachmentKind,
    Body,
    CodeBlock,
    LineBreak,
    ListBlock,
    ListItem,
    Message,
    Paragraph,
    Style,
    Text,
    from_markdown,
    from_plain,
    is_blank,
    plain,
    without_mentions,
)

BOLD, ITALIC, STRIKE, CODE = (frozenset({style}) for style in Style)


def pieces(body: Body) -> list[Text]:
    """Every Text of a tree, in reading order."""
    found: list[Text] = []
    for block in body:
        match block:
            case Paragraph(inlines):
                found += [inline for inline in inlines if isinstance(inline, Text)]
            case CodeBlock(text):
                found += [Text(line) for line in text.splitlines()]
            case ListBlock(items):
                for item in items:
                    found += [Text(item.label), *pieces(item.blocks)]
    return found


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("**a**", Text("a", BOLD)),
        ("*a*", Text("a", ITALIC)),
        ("_a_", Text("a", ITALIC)),
        ("~~a~~", Text("a", STRIKE)),
        ("`a*b*`", Text("a*b*", CODE)),
        ("***a***", Text("a", BOLD | ITALIC)),
        ("# a", Text("a", BOLD)),
        ("[a](https://x.org)", Text("a", link="https://x.org")),
        ("[**a**](mailto:ana@x.org)", Text("a", BOLD, "mailto:ana@x.org")),
        ("<https://x.org/ç>", Text("https://x.org/ç", link="https://x.org/ç")),
        ("![a](https://x.org/p.png)", Text("a", link="https://x.org/p.png")),
        ("![](https://x.org/p.png)", Text("https://x.org/p.png", link="https://x.org/p.png")),
        ("[](https://x.org)", Text("https://x.org", link="https://x.org")),
        ("https://x.org/a_b_c", Text("https://x.org/a_b_c")),
        ("https://x.org/_a_/__b__", Text("https://x.org/_a_/__b__")),
        (r"\*a\*", Text("*a*")),
        ("<b>a</b> &amp; &copy;", Text("<b>a</b> &amp; &copy;")),
        ("> a", Text("> a")),
        ("    a", Text("a")),
        ("* * *", Text("***")),
        ("2 * 3 snake_case_name 1~2", Text("2 * 3 snake_case_name 1~2")),
    ],
)
def test_given_one_thing_written_then_it_is_read_as_one_piece(written: str, read: Text) -> None:
    assert from_markdown(written) == (Paragraph((read,)),)


def test_given_lines_then_each_stays_a_line() -> None:
    assert from_markdown("one\ntwo  \nthree\\\nfour\r\nfive") == (
        Paragraph(
            (Text("one"), LineBreak(), Text("two"), LineBreak(), Text("three"), LineBreak(), Text("four"), LineBreak(), Text("five")),
        ),
    )


def test_given_dates_that_look_like_a_list_then_no_number_changes() -> None:
    body = from_markdown("19. Dezember: Markt\n24. Dezember: Konzert\n24. Dezember: Messe\n\n08) Mai")
    assert plain(body) == "19. Dezember: Markt\n24. Dezember: Konzert\n24. Dezember: Messe\n\n08) Mai"


def test_given_a_list_then_it_is_nested_and_laid_out_as_written() -> None:
    body = from_markdown("Bring:\n- cake\n  - with **nuts**\n  - without\n- tea\n  black\n\nThanks")
    assert body == (
        Paragraph((Text("Bring:"),)),
        ListBlock(
            (
                ListItem(
                    (
                        Paragraph((Text("cake"),)),
                        ListBlock((ListItem((Paragraph((Text("with "), Text("nuts", BOLD))),)), ListItem((Paragraph((Text("without"),)),)))),
                    )
                ),
                ListItem((Paragraph((Text("tea"), LineBreak(), Text("black"))),)),
            )
        ),
        Paragraph((Text("Thanks"),)),
    )
    assert plain(body) == "Bring:\n- cake\n  - with nuts\n  - without\n- tea\n  black\n\nThanks"


def test_given_a_fence_that_never_closes_or_says_a_word_then_all_of_it_is_code() -> None:
    assert from_markdown("``` soup\n  hot\n\n*x*") == (CodeBlock("soup\n  hot\n\n*x*"),)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[map](javascript:alert(1))", "map (javascript:alert(1))"),
        ("[map](www.x.org/a_b)", "map (www.x.org/a_b)"),
        ("[map](file:///etc/passwd)", "map (file:///etc/passwd)"),
        ('[map](https://x.org "Town hall")', "map (https://x.org) (Town hall)"),
        ("[x.org](https://x.org)", "x.org"),
        ("<ana@x.org>", "ana@x.org"),
        ("[a]: https://x.org\n[a] and [b][a]", "[a]: https://x.org\n[a] and [b][a]"),
        (
            "**https://x.org/_a_** [see http://x.org](http://y.org/_b_), _https://z.org_",
            "https://x.org/_a_ see http://x.org (http://y.org/_b_), https://z.org",
        ),
        ("Title\n---\ntext", "Title\n\n---\n\ntext"),
        ("[**a** b\n*c*](https://x.org)", "a b (https://x.org)\nc (https://x.org)"),
    ],
)
def test_given_what_no_service_would_show_then_it_is_written_out(written: str, shown: str) -> None:
    assert plain(from_markdown(written)) == shown


@given(st.text("ab1 \n*_~`[]()!<>#-+.:/\\\"'=|@é", max_size=60))
def test_given_anything_written_then_no_letter_of_it_is_lost(written: str) -> None:
    shown = iter("".join(f"{piece.text}\n{piece.link}\n" for piece in _by_link(pieces(from_markdown(written)))))
    for letter in written:
        if letter.isalnum():
            assert letter in shown, f"{letter!r} of {written!r} is lost or out of order"


def _by_link(all_pieces: list[Text]) -> list[Text]:
    """The pieces, the address of a link only behind its last piece."""
    followed = zip(all_pieces, [*all_pieces, Text("")][1:], strict=True)
    return [Text(piece.text, link="" if following.link == piece.link else piece.link) for piece, following in followed]


@given(st.text(max_size=80))
def test_given_any_text_at_all_then_reading_it_never_fails(written: str) -> None:
    for body in (from_markdown(written), from_plain(written)):
        assert is_blank(body) in (True, False)
        assert isinstance(plain(body), str)


@given(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60)))
def test_given_member_data_then_every_piece_is_inert_and_unformatted(text: str) -> None:
    body = from_plain(text)
    assert all(piece.inert and not piece.styles and not piece.link for piece in pieces(body))
    assert "".join(plain(body).split()) == "".join(text.split())


def test_given_member_data_with_blank_lines_then_they_part_paragraphs() -> None:
    assert from_plain("\na\nb\n \n\nc\n") == (
        Paragraph((Text("a", inert=True), LineBreak(), Text("b", inert=True))),
        Paragraph((Text("c", inert=True),)),
    )


@pytest.mark.parametrize("text", ["a\nb", "a\r", "a\u2028b", "\n"])
def test_given_a_line_break_inside_then_it_is_no_text(text: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        Text(text)


@given(bodies())
def test_given_any_tree_then_plain_shows_every_text_in_it(body: Body) -> None:
    shown = plain(body)
    for piece in pieces(body):
        assert piece.text.strip() in shown or not piece.text.strip()


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("@ana", "@|ana"),
        ("(@ana, _@rui)", "(@|ana, _@|rui)"),
        ("ana@example.org", "ana@example.org"),
        ("a@everyone @here", "a@|everyone @|here"),
        ("#choir /start a/b & 1/2 &#x", "#|choir /|start a/b & 1/2 &#x"),
        ("see https://example.org/@ana/#tag.", "see https://example.org/@ana/#tag."),
    ],
)
def test_given_inert_text_then_mentions_reach_nobody_and_addresses_stay_whole(text: str, changed: str) -> None:
    assert without_mentions(text) == changed.replace("|", WORD_JOINER)


@pytest.mark.parametrize(("unit", "length"), [(LengthUnit.UTF16, 4), (LengthUnit.CODE_POINTS, 3), (LengthUnit.BYTES, 7)])
def test_given_a_bell_then_each_unit_counts_it_its_own_way(unit: LengthUnit, length: int) -> None:
    assert unit.of("aé\U0001f514") == length


def test_given_a_file_then_its_bytes_are_in_no_repr() -> None:
    message = Message(from_plain("x"), (Attachment(AttachmentKind.PHOTO, "p.png", "image/png", b"canary"),))
    assert "canary" not in repr(message)
    assert "6 bytes" in repr(message)


@pytest.mark.parametrize("written", ["", " \n\n ", "\u200b", "```\n\n```", "[]()"])
def test_given_nothing_to_see_then_it_is_blank(written: str) -> None:
    assert is_blank(from_markdown(written))
