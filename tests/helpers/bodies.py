"""Messages made by hypothesis, and texts by people who mean no good, for everything that turns messages into something else."""

from hypothesis import strategies as st

from integrations.message import Block, Body, CodeBlock, Inline, LineBreak, ListBlock, ListItem, Paragraph, Style, Text

HOSTILE = (
    "*bold* _italic_ ~struck~ `code`",
    "**bold** __bold__ ~~struck~~ ***both*** ||hidden||",
    "```\nmono\n```",
    "<b>bold</b> <a href='https://evil.example'>x</a> &lt;i&gt; </code></pre>",
    "[text](https://evil.example) ![x](https://evil.example/p.png)",
    "@everyone @here @channel @all @ana_maria",
    "<@123456> <!everyone> <#42> <@&7>",
    "#tag /start /kick@bot",
    "> a quote\n- a point\n* a point\n1. a number\n# a heading",
    "\\*not escaped\\* \\",
    "a*b*c _x_y_ *\u200b* (*x*) \"_y_\" '~z~'",
    "tg://user?id=1 javascript:alert(1)",
)
"""What a member may have typed into their own name, or an event's place, to format or mention in another's name."""

_EVIL = st.sampled_from(HOSTILE).flatmap(lambda text: st.sampled_from(text.splitlines()))
_MARKS = st.text("*_~`<>&@#/\\[]()|-+.1a b\u200d\u2060\U0001f469", max_size=12)
line_texts = st.one_of(st.text(max_size=20), _MARKS, _EVIL).map(lambda text: " ".join(text.splitlines()))
"""One line of anything."""

styles = st.frozensets(st.sampled_from(list(Style)))
links = st.sampled_from(["", "", "", "https://example.org/a_b_c?x=1&y=*2*", "mailto:ana@example.org", "tel:+351912345678", "http://x.org/(y)"])
texts = st.builds(Text, line_texts, styles, links, st.booleans())


def inlines(of: st.SearchStrategy[Text] = texts) -> st.SearchStrategy[tuple[Inline, ...]]:
    """The inside of a paragraph, made of such pieces."""
    return st.lists(st.one_of(of, of, of, st.just(LineBreak())), max_size=6).map(tuple)


def blocks(of: st.SearchStrategy[Text] = texts, code: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Block]:
    """Paragraphs, code and nested lists, made of such pieces."""
    code_texts = code if code is not None else st.one_of(st.text(max_size=40), _MARKS)
    leaves = st.one_of(st.builds(Paragraph, inlines(of)), st.builds(CodeBlock, code_texts))
    labels = st.sampled_from(["", "", "1.", "19.", "08)"])
    return st.recursive(
        leaves,
        lambda inner: st.lists(st.builds(ListItem, st.lists(inner, max_size=3).map(tuple), labels), max_size=3).map(
            lambda items: ListBlock(tuple(items))
        ),
        max_leaves=6,
    )


def bodies(of: st.SearchStrategy[Text] = texts, code: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Body]:
    """Whole trees, empty ones among them."""
    return st.lists(blocks(of, code), max_size=4).map(tuple)


words = st.text("abcdefghijklmnopqrstuvwxyzABCDEF0123456789", min_size=1, max_size=6)
_apart = st.lists(words, min_size=1, max_size=3).map(lambda several: f" {' '.join(several)} ")
wordy_bodies = bodies(st.builds(Text, _apart, styles, links), st.lists(words, max_size=3).map("\n".join))
"""Trees of plain words only, blanks around each, so that a test can look for each of them: a look that changes within a word would part it."""
