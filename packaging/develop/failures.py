"""What a run of pytest failed on, in a few lines, from the JUnit file that it writes: the end of a log is all that some people get to see."""

from pathlib import Path
from xml.etree import ElementTree

_TESTS = 20  # more are counted only
_LINES = 12  # of each, the last ones: they have the reason


def failures(report: Path) -> str:
    """The names of the tests that failed, each with the last lines of what it said.

    Args:
        report: what `pytest --junit-xml=report` wrote. That a run which was killed leaves none, or half of one, is said too.
    """
    try:
        cases = ElementTree.parse(report).iter("testcase")
    except (OSError, ElementTree.ParseError):
        return "pytest ended before it could write its report."
    failed = [(case, fault) for case in cases for fault in case if fault.tag in ("failure", "error")]
    if not failed:
        return "No test failed, but pytest ended with an error of its own."
    said = [_said(case, fault) for case, fault in failed[:_TESTS]]
    more = [f"And {len(failed) - _TESTS} more."] if len(failed) > _TESTS else []
    return "\n".join([*said, *more])


def _said(case: ElementTree.Element, fault: ElementTree.Element) -> str:
    lines = (fault.text or fault.get("message") or "").rstrip().splitlines()
    name = f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name', '')}"
    return "\n".join([f"{name} ({fault.tag})", *(f"    {line}" for line in lines[-_LINES:])])
