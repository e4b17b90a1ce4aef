"""What a start brings along: help and short commands none of the heavy libraries, the sender no window."""

import subprocess
import sys

import pytest

from helpers.cli import Cli
from helpers.command import ROOT, Belfry

HEAVY = {
    "telegram",
    "httpx",
    "keyring",
    "cryptography",
    "icalendar",
    "babel",
    "phonenumbers",
    "apscheduler",
    "markdown_it",
    "tabulate",
    "PySide6",
    "email_validator",
    "charset_normalizer",
}
_CALL = """
import sys
from desktop.cli import main
main({arguments!r}, prog_name="belfry", standalone_mode=False)
print("loaded: " + " ".join(sys.modules), file=sys.stderr)
"""


def loaded(process: Belfry, *arguments: str) -> set[str]:
    """The modules in the process after a call."""
    code = _CALL.format(arguments=list(arguments))
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=process.environ, capture_output=True, text=True, check=True, timeout=60)
    (line,) = (line for line in done.stderr.splitlines() if line.startswith("loaded: "))
    return set(line.split()[1:])


@pytest.mark.parametrize("arguments", [["--help"], ["send", "--help"], ["members", "import", "--help"], ["connections", "add", "--help"]])
def test_given_help_is_asked_for_then_no_heavy_library_is_imported_and_no_folder_made(process: Belfry, arguments: list[str]) -> None:
    found = loaded(process, *arguments)

    assert not found & HEAVY
    assert not process.data.exists()


@pytest.mark.parametrize(
    "arguments", [["info", "--format", "json"], ["members", "list", "--format", "json"], ["history", "--format", "json"], ["channels", "list"]]
)
def test_given_something_is_only_looked_up_then_no_heavy_library_is_imported(choir: Cli, process: Belfry, arguments: list[str]) -> None:
    assert choir.home == process.home
    assert not loaded(process, *arguments) & HEAVY


def test_given_the_sender_sends_then_no_qt_is_in_its_process(posting: Cli, process: Belfry) -> None:
    posting("announce", "Hello", "--to", "Choir group")

    found = loaded(process, "send", "--once")

    assert not [name for name in found if name.startswith(("PySide6", "shiboken6", "desktop.ui"))]
    assert "sent" in posting("deliveries", "list").out
