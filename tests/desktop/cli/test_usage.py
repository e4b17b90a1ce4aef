"""How commands are called: where options stand, what the forms of lists are, and what bad usage comes to."""

import csv
import io
import json

import click
import pytest

from desktop.cli import main
from helpers.cli import Cli
from helpers.command import Belfry


def leaves(command: click.Command, words: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], click.Command]]:
    """Every command that does something, with the words that call it."""
    if not isinstance(command, click.Group):
        return [(words, command)]
    ctx = click.Context(command)
    return [leaf for name in command.list_commands(ctx) for leaf in leaves(command.get_command(ctx, name) or command, (*words, name))]


LEAVES = leaves(main)
LISTS = [words for words, command in LEAVES if words[-1] in ("list", "history", "info", "targets", "show")]


@pytest.mark.parametrize("words", [words for words, _ in LEAVES], ids=" ".join)
def test_every_command_has_a_help_and_knows_the_options_that_stand_everywhere(words: tuple[str, ...], cli: Cli) -> None:
    told = cli(*words, "--help")

    assert "--community FILE" in told.out
    assert "--vault" in told.out
    assert told.out.split("\n\n")[1].strip()


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_every_list_has_the_three_forms(words: tuple[str, ...]) -> None:
    command = next(command for found, command in LEAVES if found == words)

    (form,) = (option for option in command.params if option.name == "form")
    assert isinstance(form.type, click.Choice)
    assert list(form.type.choices) == ["table", "json", "csv"]


class TestTheCommunityFile:
    def test_given_it_is_named_before_or_behind_the_command_then_that_file_is_used(self, choir: Cli) -> None:
        other = choir.home / "other.belfry"
        choir("new", other, "--name", "Other", "--zone", "UTC")

        assert "Other" in choir("--community", other, "info").out
        assert "Other" in choir("info", "--community", other).out
        assert "Choir" in choir("info").out

    def test_given_none_is_named_then_new_makes_the_one_that_every_command_uses(self, cli: Cli) -> None:
        cli("new", "--zone", "UTC")

        assert str(cli.community) in cli("info", "--format", "json").out

    def test_given_there_is_none_then_it_says_how_to_make_one(self, cli: Cli) -> None:
        assert "belfry new" in cli("info", status=1).err

    def test_given_it_is_there_already_then_new_leaves_it_alone(self, choir: Cli) -> None:
        before = choir.community.read_bytes()

        assert "exists already" in choir("new", "--zone", "UTC", status=1).err
        assert choir.community.read_bytes() == before

    def test_a_new_one_is_for_this_person_alone(self, choir: Cli) -> None:
        assert choir.community.stat().st_mode & 0o777 == 0o600
        assert (choir.home / "data").stat().st_mode & 0o777 == 0o700


class TestForms:
    def test_json_and_csv_hold_what_the_table_shows(self, choir: Cli) -> None:
        choir("members", "import", choir.write("m.csv", "Name,E-mail\nAna Łukasz,ana@example.org\n=cmd|x,\n"))

        rows = json.loads(choir("members", "list", "--format", "json").out)
        cells = list(csv.DictReader(io.StringIO(choir("members", "list", "--format", "csv").out)))

        assert {row["Name"] for row in rows} == {"Ana Łukasz", "=cmd|x"}
        assert {row["Name"] for row in cells} == {"Ana Łukasz", "'=cmd|x"}
        assert "Ana Łukasz" in choir("members", "list").out

    def test_given_an_empty_list_then_json_is_empty_and_the_table_says_what_to_do_on_stderr(self, choir: Cli) -> None:
        assert json.loads(choir("members", "list", "--format", "json").out) == []
        said = choir("members", "list")
        assert said.out == ""
        assert "belfry members import" in said.err

    def test_given_an_encoding_without_the_letters_then_they_are_replaced_and_nothing_fails(self, process: Belfry) -> None:
        process("new", "--zone", "UTC", "--country", "PT")
        (process.home / "m.csv").write_text("Name\nŁukasz\n", encoding="utf-8")
        process("members", "import", "m.csv")
        process.more |= {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}

        assert "?ukasz" in process("members", "list").out
        assert json.loads(process("members", "list", "--format", "json").out)[0]["Name"] == "Łukasz"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["fly"], "fly"),
        (["members", "list", "--format", "xml"], "xml"),
        (["--vault", "cellar", "info"], "cellar"),
        (["new", "x.belfry", "--zone", "Europe/Lisboa"], "Europe/Lisboa"),
        (["new", "x.belfry", "--country", "Portugal"], "Portugal"),
        (["announce", "Hi"], "--to"),
        (["announce", "Hi", "--to", "G", "--at", "tomorrow"], "tomorrow"),
        (["announce", "Hi", "--to", "G", "--at", "2099-12-06 18:00", "--zone", "Mars/Base"], "Mars/Base"),
        (["announce", "Hi", "--to", "G", "--zone", "Europe/Lisbon"], "--at"),
        (["announce", "Hi", "--to", "G", "--before", "1d"], "--event"),
        (["announce", "Hi", "--to", "G", "--before", "soon"], "soon"),
        (["announce", "Hi", "--to", "G", "--late", "perhaps"], "perhaps"),
        (["announce", "Hi", "--to", "G", "--photo", "nowhere.png"], "nowhere.png"),
        (["deliveries", "settle", "12345678"], "--sent"),
        (["deliveries", "list", "--state", "flying"], "flying"),
        (["events", "list", "--from", "yesterday"], "yesterday"),
        (["events", "list", "--from", "2026-12-02", "--to", "2026-12-01"], "--to"),
        (["connections", "add", "pigeon", "P"], "pigeon"),
        (["connections", "add", "practice", "P", "--set", "answer"], "="),
        (["members", "import", "m.csv", "--map", "Name"], "="),
        (["history", "--limit", "0"], "0"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_usage_is_2_with_a_sentence_and_changes_nothing(choir: Cli, arguments: list[str], says: str) -> None:
    before = choir("info").out

    said = choir(*arguments, status=2)

    assert says in said.err
    assert said.out == ""
    assert choir("info").out == before
