"""Our own table of members: nothing is lost on the way out and back, and nothing in it is taken for a formula."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.community.members import Member
from desktop.exchange import member_csv
from desktop.exchange.member_csv import BadRow, read_preview, write_members
from desktop.exchange.tables import plain, safe
from helpers.people import COUNTRY, by_kind, members

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def read(path: Path) -> list[Member | BadRow]:
    return [row if isinstance(row, BadRow) else row[1] for row in member_csv.members(read_preview(path, COUNTRY))]


def in_order(member: Member) -> Member:
    return replace(member, contact_points=tuple(by_kind(member)), fields=dict(sorted(member.fields.items())))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(members(), min_size=1, max_size=3))
def test_given_any_members_when_written_and_read_then_they_are_the_same_and_no_cell_is_a_formula(tmp_path: Path, people: list[Member]) -> None:
    path = tmp_path / "members.csv"

    write_members(path, people)

    assert [in_order(member) if isinstance(member, Member) else member for member in read(path)] == [in_order(member) for member in people]
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert [cell for row in csv.reader(file) for cell in row if cell.startswith(FORMULA)] == []


@given(st.text())
def test_given_any_text_when_made_safe_then_it_is_no_formula_and_comes_back(text: str) -> None:
    assert not safe(text).startswith(FORMULA)
    assert plain(safe(text)) == text


@pytest.mark.parametrize(("text", "cell"), [("=1+1", "'=1+1"), ("'=1", "''=1"), ("+351912345678", "'+351912345678"), ("'tis", "'tis"), ("", "")])
def test_given_a_text_when_made_safe_then_only_what_must_be_is_changed(text: str, cell: str) -> None:
    assert safe(text) == cell


def test_given_a_written_file_when_looked_at_then_it_is_as_spreadsheets_want_it(tmp_path: Path) -> None:
    path = tmp_path / "members.csv"

    write_members(path, [Member("Zoë", fields={"Voice": "alto"})])

    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfName,Kind,")
    assert raw.count(b"\r\n") == 2
    assert raw.splitlines()[0].endswith(b",Belfry ID,Voice")
    assert path.stat().st_mode & 0o077 == 0
    assert [found.name for found in tmp_path.iterdir()] == ["members.csv"]


def test_given_no_members_when_written_then_there_are_headers_and_reading_finds_nobody(tmp_path: Path) -> None:
    path = tmp_path / "members.csv"

    write_members(path, [])

    assert read(path) == []


def test_given_a_table_of_ours_with_moved_columns_when_read_then_it_is_understood_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "members.csv"
    write_members(path, [Member("Ana Silva", given="Ana", tags=("Choir", "Board"), fields={"Voice": "alto"})])
    with path.open(encoding="utf-8-sig", newline="") as file:
        turned = [row[::-1] for row in csv.reader(file)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(turned)

    assert read(path) == [Member("Ana Silva", given="Ana", tags=("Choir", "Board"), fields={"Voice": "alto"})]


@pytest.mark.parametrize(("column", "cell"), [("Birthday", "soon"), ("Joined", "31.2.2020")])
def test_given_a_date_somebody_spoiled_when_read_then_the_person_is_in_and_what_stands_there_is_kept(tmp_path: Path, column: str, cell: str) -> None:
    path = tmp_path / "members.csv"
    write_members(path, [Member("Ana"), Member("Rui")])
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    lines[1][lines[0].index(column)] = cell
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)

    assert read(path) == [Member("Ana", fields={column: cell}), Member("Rui")]


@pytest.mark.parametrize(("column", "cell"), [("Kind", "robot"), ("Name", " ")])
def test_given_a_cell_somebody_spoiled_when_read_then_the_row_is_bad_and_the_others_are_read(tmp_path: Path, column: str, cell: str) -> None:
    path = tmp_path / "members.csv"
    write_members(path, [Member("Ana"), Member("Rui")])
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    lines[1][lines[0].index(column)] = cell
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)

    bad, rui = read(path)

    assert isinstance(bad, BadRow)
    assert bad.line == 2
    assert str(bad.reason)
    assert rui == Member("Rui")
