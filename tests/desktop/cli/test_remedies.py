"""What a refusal advises: in words that are right everywhere, and with the command for it on the command line alone."""

import ast
import re
from pathlib import Path

import click
import pytest

from desktop.cli import main
from desktop.cli.remedies import COMMANDS, OTHER_PLACES, TAKE_OVER, explained
from desktop.community.errors import Refused, Remedy
from desktop.community.ports import NoKeyring
from resources.translations import phrase

ROOT = Path(__file__).parents[3]
ROOMS = ("actions", "community", "engine", "exchange", "store", "ui")
SPEAKS = ("_", "mark", "ngettext", "phrase", "phrases")


def sentences() -> list[tuple[str, str]]:
    """(file, sentence) of all that the window may say."""
    files = [path for room in ROOMS for path in (ROOT / "desktop" / room).rglob("*.py")] + [ROOT / "desktop/app.py", ROOT / "desktop/start.py"]
    files += (ROOT / "integrations").rglob("*.py")
    found = []
    for path in files:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SPEAKS:
                found += [
                    (path.name, one.value)
                    for argument in node.args
                    for one in ast.walk(argument)
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                ]
    return found


def test_given_all_that_the_window_may_say_then_no_sentence_names_a_command_or_an_option() -> None:
    said = sentences()
    assert len(said) > 500
    assert [one for one in said if re.search(r"\bbelfry [a-z]|(?<![\w-])--[a-z]", one[1])] == []


def test_given_any_remedy_then_there_is_a_command_for_it() -> None:
    assert set(COMMANDS) == set(Remedy)


@pytest.mark.parametrize("named", [*COMMANDS.values(), TAKE_OVER, OTHER_PLACES])
def test_given_a_command_that_is_advised_then_it_is_there(named: str) -> None:
    for part in named.split(", "):
        if part.startswith("belfry "):
            found: click.Command = main
            words = [word for word in part.split()[1:] if word.islower() and word[0].isalpha()]
            for word in words:
                assert isinstance(found, click.Group)
                inner = found.get_command(click.Context(found), word)
                assert inner is not None, word
                found = inner


def test_given_a_refusal_with_a_remedy_when_the_command_line_says_it_then_the_command_is_filled_in() -> None:
    error = Refused(phrase("The secret of {name} is not on this computer. Give it again.", name="Bot"), Remedy.RENEW_SECRET)
    assert "belfry" not in str(error)
    assert explained(error) == 'The secret of Bot is not on this computer. Give it again. Here: belfry connections renew "Bot"'


def test_given_no_keyring_when_the_command_line_says_so_then_it_names_the_two_options() -> None:
    assert explained(NoKeyring(phrase("There is none."))) == "There is none. Here: --vault file, --vault run"
