"""What comes first in the dates of a column, told from all of it, and what the person is told of that."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from desktop.exchange.dates import DateOrder, depends_on_order, either_way, order_of, usual_order
from resources.translations import Phrase, phrase


def order_in(column: str, shown: Sequence[str], every: Callable[[], Iterable[str]], country: str) -> tuple[DateOrder | None, Phrase | None]:
    """The order, and a remark where it matters; None where no date of the column depends on it.

    Args:
        column: its header.
        shown: its first cells.
        every: all of its cells; asked for only where the first ones leave something open.
        country: ISO 3166-1 alpha-2: what is usual there counts where the dates themselves leave it open.
    """
    if any(shown) and not any(map(depends_on_order, shown)):
        return None, None
    told = order_of(shown)
    open_ones = (cell for cell in shown if either_way(cell))
    if told is not None:
        return told, _as_shown(column, told, shown) if any(open_ones) else None
    told = order_of(every())
    open_one = next(chain(open_ones, (cell for cell in every() if either_way(cell))), None)
    if open_one is None:
        return told or usual_order(country), None
    if told is not None:
        return told, _as_shown(column, told, every())
    return usual_order(country), _as_usual(column, usual_order(country), open_one.strip())


def _as_shown(column: str, order: DateOrder, cells: Iterable[str]) -> Phrase:
    example = next(cell for cell in cells if order_of([cell]) is order).strip()
    if order is DateOrder.DAY:
        return phrase("The dates in the column “{column}” have the day first, as {example} shows.", column=column, example=example)
    return phrase("The dates in the column “{column}” have the month first, as {example} shows.", column=column, example=example)


def _as_usual(column: str, order: DateOrder, example: str) -> Phrase:
    if order is DateOrder.DAY:
        return phrase(
            "Dates such as {example} in the column “{column}” can be read in two ways. They are read with the day first. "
            "If that is wrong, choose for this column that the month comes first.",
            example=example,
            column=column,
        )
    return phrase(
        "Dates such as {example} in the column “{column}” can be read in two ways. They are read with the month first. "
        "If that is wrong, choose for this column that the day comes first.",
        example=example,
        column=column,
    )
