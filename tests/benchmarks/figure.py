"""What a figure is, how it is measured beside its baseline, and how all of them are shown."""

import statistics
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum


class Held(StrEnum):
    """What the target is for."""

    RATIO = "ratio"
    VALUE = "value"
    NOTHING = "nothing"  # shown for comparison


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    Attributes:
        name: as in figures.md, with what of it: `P3 import`.
        measured, baseline: in `unit`; the baseline was measured in the same run, None where there is none.
        target: the most that is right, of what `held` says.
    """

    name: str
    measured: float
    unit: str
    baseline: float | None = None
    target: float | None = None
    held: Held = Held.RATIO
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Measured / baseline."""
        return self.measured / self.baseline if self.baseline else None

    @property
    def ok(self) -> bool | None:
        """Whether it is within its target; None where it has none."""
        value = {Held.RATIO: self.ratio, Held.VALUE: self.measured, Held.NOTHING: None}[self.held]
        return None if value is None or self.target is None else value <= self.target

    def as_fields(self) -> dict[str, object]:
        """What it is made of, for another process."""
        return {**asdict(self), "held": self.held.value}

    def as_json(self) -> dict[str, object]:
        """For a file of figures."""
        return {**self.as_fields(), "ratio": self.ratio, "ok": self.ok}


@dataclass(frozen=True, slots=True)
class Options:
    """How to measure.

    Attributes:
        scale: of the big community; 1 is the one in figures.md.
        rounds: how often things are measured that are measured interleaved.
        seconds: how long an idle sender is watched.
        worlds: how many seeded worlds are lived through.
        million: the search is measured over 1,000,000 members, too; making them takes many minutes.
    """

    scale: float = 1.0
    seed: int = 1
    rounds: int = 3
    seconds: float = 60.0
    worlds: int = 1_000
    million: bool = False


def interleaved(runs: Mapping[str, Callable[[], Mapping[str, float]]], rounds: int) -> dict[str, float]:
    """The median of each value that the runs give, each run in its turn, round after round."""
    found: dict[str, list[float]] = {}
    for _ in range(rounds):
        for run in runs.values():
            for name, value in run().items():
                found.setdefault(name, []).append(value)
    return {name: statistics.median(values) for name, values in found.items()}


def percentile(values: Iterable[float], percent: float) -> float:
    """The smallest value that so many percent are not above."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(len(ordered) * percent / 100 + 0.5) - 1))]


def table(figures: Iterable[Figure]) -> str:
    """`figure | measured | baseline | ratio | target | ok`, and the notes below."""
    rows = [("figure", "measured", "baseline", "ratio", "target", "ok")]
    notes = []
    for one in figures:
        target = {
            Held.RATIO: f"ratio ≤ {one.target:g}" if one.target is not None else "",
            Held.VALUE: f"≤ {one.target:g} {one.unit}" if one.target is not None else "",
            Held.NOTHING: "",
        }[one.held]
        rows.append(
            (
                one.name,
                f"{one.measured:.4g} {one.unit}",
                "" if one.baseline is None else f"{one.baseline:.4g} {one.unit}",
                "" if one.ratio is None else f"{one.ratio:.2f}",
                target,
                {None: "", True: "yes", False: "NO"}[one.ok],
            )
        )
        if one.note:
            notes.append(f"  {one.name}: {one.note}")
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines.insert(1, "-|-".join("-" * width for width in widths))
    return "\n".join([*lines, *notes])
