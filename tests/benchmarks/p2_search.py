"""P2: from a key pressed in the search of the members to the list repainted, beside the bare query for the same list and one repaint of a table."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from benchmarks.big_community import Size
from benchmarks.desk import BareTable, Desk, Painted
from benchmarks.figure import Figure, Options, percentile
from benchmarks.window import Took, beside, p95, timed
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from desktop.store import members
from desktop.store.search import match
from desktop.ui.navigation import PageName
from desktop.ui.pages.members.page import MembersPage

RATIO, TARGET, TARGET_OF_A_MILLION = 2.0, 50.0, 150.0
MILLION = 1_000_000
TYPED = ("silva", "maria san", "ana fer", "choir jo", "joão@", "m-0123", "pedro violin", "+35191", "ines.pinto4", "kitchen chess", "zz")
"""Of common names, tags, addresses, numbers, and what nobody is called."""
_BARE = (
    "SELECT m.pk FROM member m WHERE m.deleted_at IS NULL AND m.pk IN (SELECT rowid FROM member_search WHERE member_search MATCH ?)"
    " ORDER BY m.sort_key, m.pk"
)


def figures(options: Options) -> list[Figure]:
    """Over the big community; with `--million` over one ten times as big, too, with next to no events."""
    found = beside("p2_search", options)
    if options.million:
        size = replace(Size().scaled(options.scale), members=max(10, round(MILLION * options.scale)), events=100, series=10, deliveries=100, later=10)
        found += beside("p2_search", options, size)
    return found


def measure(desk: Desk, options: Options) -> list[Figure]:
    """Type all of it letter by letter, and after each letter ask the bare question."""
    page = desk.page(PageName.MEMBERS)
    assert isinstance(page, MembersPage)
    painted, bare = Painted(page.table.viewport()), BareTable()
    answers: list[Sequence[int]] = []
    page.question.answered.connect(answers.append)
    conn = desk.desktop.kit.store.conn

    def press(letter: str) -> None:
        answers.clear()
        before, shown = painted.times, page.model.numbers
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            desk.app.sendEvent(page.field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))  # QTest has no keys for ã
        # Where the same people are found as before, or nobody, the list has nothing to repaint.
        desk.until(lambda: bool(answers) and (painted.times > before or page.model.numbers == shown or not page.model.numbers))

    def ask(expression: str) -> None:
        bare.show_numbers([row[0] for row in conn.execute(_BARE, (expression,)).fetchall()])

    keys: list[Took] = []
    asked: list[Took] = []
    for _ in range(options.rounds):
        for text in TYPED:
            page.field.clear()
            desk.rest()
            for letter in text:
                key = timed(partial(press, letter))
                expression = match(page.field.text())
                if expression and letter != " ":
                    keys.append(key)
                    asked.append(timed(partial(ask, expression)))
                    assert list(page.model.numbers) == list(bare.model.numbers), page.field.text()
                desk.rest(0)
    count = members.count(desk.desktop.kit.store)
    baseline = percentile([one.wall for one in asked], 95)
    name = f"P2 keystroke to repaint, p95, {count:,} members"
    whole = p95(name, keys, TARGET if count < MILLION else TARGET_OF_A_MILLION)
    figures = [replace(whole, baseline=baseline)]
    if count < MILLION:
        figures.append(Figure("P2 the same, beside the bare query and one repaint", whole.measured, "ms", baseline, RATIO))
    return figures
