"""Members in and out: who is a new one, what is left out, and that an import is whole or nothing."""

from pathlib import Path

import pytest

from desktop.actions.importing import Stopped
from desktop.actions.members import export_members, find, import_members
from desktop.community.errors import Refused
from desktop.store import files, members, undo
from desktop.store.database import Store

PICTURE = "/9j/4AAQSkZJRgABAQAAAQABAAD/2Q=="


def table(tmp_path: Path, *rows: str, name: str = "list.csv") -> Path:
    path = tmp_path / name
    path.write_text("\n".join(("Name,E-mail,Phone", *rows)) + "\n", encoding="utf-8")
    return path


def names(store: Store) -> list[str]:
    return [one.name for one in members.every(store)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["Ana,ana@example.org,", "Ana,ana@example.org,"], 1),  # the same, twice in one file
        (["Ana,ana@example.org,", "ANA,ANA@example.org,"], 1),  # capitals
        (["Ána,ana@example.org,", "Ana,ana@example.org,"], 1),  # accents
        (["Ana,ana@example.org,912345678", "Ana,,+351 912 345 678"], 1),  # one of several ways is enough
        (["Ana,ana@example.org,", "Ana,ana.silva@example.org,"], 2),  # two people of one name
        (["Ana,,912345678", "Rui,,912345678"], 2),  # a number that a family shares
        (["Ana,ana@example.org,", "Ana,,"], 1),  # nothing but the name: there is one already
        (["Ana,,", "Ana,ana@example.org,"], 2),  # nothing is known of the first, so nobody can say
    ],
)
def test_who_counts_as_there_already(choir: Store, tmp_path: Path, rows: list[str], expected: int) -> None:
    report = import_members(choir, table(tmp_path, *rows), {})

    assert report.added == len(names(choir)) == expected
    assert (report.there, report.twice) == (0, len(rows) - expected)


def test_given_people_who_are_there_when_another_file_has_them_too_then_only_the_new_ones_come_in(choir: Store, tmp_path: Path) -> None:
    import_members(choir, table(tmp_path, "Ana,ana@example.org,", "Rui,,961234567"), {})

    path = table(tmp_path, "ana,ana@example.org,", "Zoe,zoe@example.org,", "Ana,ana@example.org,", "Zoe,zoe@example.org,", name="more.csv")
    report = import_members(choir, path, {})

    assert (report.added, report.there, report.twice) == (1, 2, 1)
    assert names(choir) == ["Ana", "Rui", "Zoe"]


def test_given_a_dry_run_when_it_is_imported_with_its_ids_then_the_first_people_are_who_was_shown(choir: Store, tmp_path: Path) -> None:
    path = table(tmp_path, *(f"Person {n},p{n}@example.org," for n in range(5)))
    shown = import_members(choir, path, {}, dry_run=True).first

    import_members(choir, path, {}, ids=[one.id for one in shown])

    assert [members.get(choir, one.id).name for one in shown] == ["Person 0", "Person 1", "Person 2"]
    assert len(names(choir)) == 5


def test_given_a_person_stops_it_then_nothing_of_it_is_there_and_nothing_is_left_behind(choir: Store, tmp_path: Path) -> None:
    path = table(tmp_path, *(f"Person {n},p{n}@example.org," for n in range(2000)))
    seen: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        seen.append((done, total))
        raise Stopped

    with pytest.raises(Stopped):
        import_members(choir, path, {}, progress=stop)

    assert seen[0][0] <= seen[0][1] == 2001
    assert names(choir) == []
    assert undo.history(choir) == []
    assert sorted(one.name for one in tmp_path.iterdir() if "belfry" not in one.name) == ["list.csv"]
    assert not list(tmp_path.glob(".belfry-import-*"))


def test_given_rows_that_can_t_be_read_when_imported_twice_then_no_file_of_them_is_written_over(choir: Store, tmp_path: Path) -> None:
    path = table(tmp_path, "Ana,ana@example.org,", 'Rui,"open,')

    first, second = (import_members(choir, path, {}) for _ in range(2))

    assert (first.bad_count, len(first.bad), first.bad[0].line) == (1, 1, 3)
    assert first.bad_file == tmp_path / "list-not-imported.csv"
    assert second.bad_file == tmp_path / "list-not-imported-2.csv"


def test_given_very_many_bad_rows_then_the_report_holds_the_first_and_the_file_all(choir: Store, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name,Notes\nAna,fine\n" + "".join(f",nobody {n}\n" for n in range(300)), encoding="utf-8")

    report = import_members(choir, path, {})

    assert (report.added, report.bad_count, len(report.bad)) == (1, 300, 20)
    assert report.bad_file is not None
    written = report.bad_file.read_text(encoding="utf-8-sig").splitlines()
    assert len(written) == 301
    assert "nobody 299" in written[-1]


def test_given_a_photo_in_a_card_then_it_is_kept_once_and_goes_out_with_the_card_again(choir: Store, tmp_path: Path) -> None:
    card = f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{{}}\r\nPHOTO;ENCODING=b;TYPE=JPEG:{PICTURE}\r\nEND:VCARD\r\n"
    (tmp_path / "phone.vcf").write_bytes((card.format("Ana") + card.format("Rui")).encode())

    import_members(choir, tmp_path / "phone.vcf", {})

    ana, rui = members.every(choir)
    assert ana.photo == rui.photo
    assert (files.content(choir, ana.photo) or b"").startswith(b"\xff\xd8\xff")
    assert export_members(choir, tmp_path / "out.vcf") == 2
    assert (tmp_path / "out.vcf").read_bytes().count(b"PHOTO") == 2


def test_given_a_table_of_ours_when_it_comes_back_then_everybody_is_there_already_whatever_was_renamed_since(choir: Store, tmp_path: Path) -> None:
    import_members(choir, table(tmp_path, "Ana,ana@example.org,", "Rui,,961234567"), {})
    export_members(choir, tmp_path / "out.csv")
    text = (tmp_path / "out.csv").read_text(encoding="utf-8-sig").replace("Ana,", "Anna,")
    (tmp_path / "out.csv").write_text(text, encoding="utf-8-sig")

    assert import_members(choir, tmp_path / "out.csv", {}).added == 0


def test_only_who_is_found_goes_out(choir: Store, tmp_path: Path) -> None:
    import_members(choir, table(tmp_path, "Ana,ana@example.org,", "Rui,,961234567"), {})

    assert export_members(choir, tmp_path / "out.csv", "rui") == 1


def test_a_member_is_found_by_name_or_by_the_end_of_the_id_and_never_guessed(choir: Store, tmp_path: Path) -> None:
    import_members(choir, table(tmp_path, "Ana,ana@example.org,", "Ana,ana2@example.org,", "João,,961234567"), {})
    joao = find(choir, "joao")

    assert joao.name == "João"
    assert find(choir, joao.id[-8:]) == joao
    for nobody in ("Ana", "Jo", "", "ffffffffffff"):
        with pytest.raises(Refused):
            find(choir, nobody)
