"""P4: the list of members: jump anywhere, sort by any column, select all and count, tags and words together; and doing something with all of them."""

import random
from collections.abc import Callable, Sequence
from functools import partial

from benchmarks.big_community import TAGS
from benchmarks.desk import Desk, Painted
from benchmarks.figure import Figure, Held, Options
from benchmarks.window import Took, beside, p95, timed, worst
from PySide6.QtCore import Qt

from desktop.actions import member_edits
from desktop.community.fold import tag_key
from desktop.store import member_lists, undo
from desktop.store.member_lists import Sort
from desktop.ui.navigation import PageName
from desktop.ui.pages.members.list import SORTS
from desktop.ui.pages.members.page import MembersPage

JUMP, SORT, SELECT, FILTER = 20.0, 300.0, 100.0, 100.0
_JUMPS, _FILTERS = 200, 40


def figures(options: Options) -> list[Figure]:
    """Over the big community."""
    return beside("p4_list", options)


def measure(desk: Desk, options: Options) -> list[Figure]:
    """One after the other, in a window of the usual size."""
    page = desk.page(PageName.MEMBERS)
    assert isinstance(page, MembersPage)
    return [
        p95("P4 jump anywhere, p95", _jumps(page, options.seed), JUMP, note="a new place of the list painted, its records fetched"),
        worst("P4 sort by any column, the longest", _sorts(desk, page), SORT, note="each column both ways, from the click to the list painted"),
        worst("P4 select all and count, the longest", _selections(desk, page, options.rounds), SELECT),
        p95("P4 two tags and a word by day of joining, p95", _filters(desk, page, options.seed), FILTER, note="no order at hand: as after a change"),
        *_all(desk, options),
    ]


def _jumps(page: MembersPage, seed: int) -> Sequence[Took]:
    chance, bar = random.Random(seed), page.table.verticalScrollBar()

    def jump() -> None:
        bar.setValue(chance.randrange(bar.maximum() + 1))
        page.table.viewport().repaint()

    return [timed(jump) for _ in range(_JUMPS)]


def _answered(desk: Desk, page: MembersPage, change: Callable[[], object]) -> None:
    """Change what is asked for, and live on until the answer is painted."""
    painted = Painted(page.table.viewport())
    answers: list[object] = []
    heard = page.question.answered.connect(answers.append)
    shown = page.model.numbers
    change()
    desk.until(lambda: bool(answers) and (painted.times > 0 or page.model.numbers == shown or not page.model.numbers))
    page.question.answered.disconnect(heard)
    painted.deleteLater()


def _sorts(desk: Desk, page: MembersPage) -> Sequence[Took]:
    found = []
    for order in (Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder):
        for column in range(len(SORTS)):
            _forget_orders(desk, page)
            found.append(timed(partial(_answered, desk, page, partial(page.table.sortByColumn, column, order))))
            desk.rest()
    _answered(desk, page, partial(page.table.sortByColumn, 0, Qt.SortOrder.AscendingOrder))
    desk.rest()
    return found


def _selections(desk: Desk, page: MembersPage, rounds: int) -> Sequence[Took]:
    found = []

    def all_and_count() -> None:
        page.do("select_all")
        assert page.table.selected_count() == page.model.rowCount()
        page.table.viewport().repaint()

    for _ in range(max(rounds, 5)):
        found.append(timed(all_and_count))
        desk.rest()
        page.table.clearSelection()
        desk.rest()
    return found


def _filters(desk: Desk, page: MembersPage, seed: int) -> Sequence[Took]:
    chance = random.Random(seed)
    found = []
    for _ in range(_FILTERS):
        _forget_orders(desk, page)
        tags = tuple(tag_key(tag) for tag in chance.sample(TAGS, 2))
        query = chance.choice(("silva", "ma", "ana", "piano", "jo"))
        want = partial(page.question.want, query=query, tags=tags, sort=Sort.JOINED, descending=bool(chance.randrange(2)))
        found.append(timed(partial(_answered, desk, page, want)))
        desk.rest(0)
    _answered(desk, page, partial(page.question.want, query="", tags=(), sort=Sort.NAME, descending=False))
    desk.rest()
    return found


def _forget_orders(desk: Desk, page: MembersPage) -> None:
    """As after a change: nothing is known any more of how the members stand."""
    desk.desktop.kit.reader.ask("benchmark", lambda _store: page.question.forget(), lambda _: None)
    desk.rest(0)


def _all(desk: Desk, options: Options) -> list[Figure]:
    """What is done with every member at once, on the worker's connection, and taken back."""
    store = desk.desktop.kit.store
    everybody = member_lists.ids(store, member_lists.MemberLists(store).numbers(member_lists.Wanted()))
    found = []
    for name, act in (
        ("tag", partial(member_edits.tag, store, everybody, "Benchmark")),
        ("untag", partial(member_edits.untag, store, everybody, "Benchmark")),
        ("delete", partial(member_edits.delete, store, everybody)),
    ):
        took, back = timed(act), timed(partial(undo.undo, store))
        if name == "tag":
            undo.redo(store)
        note = f"taken back in {back.wall / 1000:.2f} s"
        found.append(Figure(f"P4 {name} {len(everybody):,}", took.wall / 1000, "s", held=Held.NOTHING, note=note))
    return found
