"""Files that are broken, foreign or far too large: each ends in a sentence, loses nothing and shows no traceback."""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.cli import Cli
from helpers.command import PASSPHRASE, ROOT, Belfry

MEGABYTE = 1 << 20


def names(cli: Cli) -> set[str]:
    return {row["Name"] for row in json.loads(cli("members", "list", "--format", "json").out)}


def imported(cli: Cli, name: str, content: bytes | str, status: int | None = 0) -> str:
    """Import a file with this content; gives all that was said."""
    said = cli("members", "import", cli.write(name, content), status=status)
    return said.out + said.err


def peak(process: Belfry, *arguments: str | Path) -> int:
    """The most memory that a call takes, bytes."""
    code = "import resource, subprocess, sys; subprocess.run(sys.argv[1:]); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    command = [sys.executable, "-c", code, *process.command(arguments)]
    done = subprocess.run(command, env=process.environ, cwd=process.home, capture_output=True, text=True, check=True, timeout=120)
    return int(done.stdout.splitlines()[-1]) * (1024 if sys.platform != "darwin" else 1)


class TestTables:
    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"", "is empty"),
            (b"\xef\xbb\xbf\r\n\r\n", "is empty"),
            (bytes(range(256)) * 40, "not a text file"),
            (b"PK\x03\x04" + bytes(30) + b"xl/workbook.xml", "Excel"),
            (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
            (b"SQLite format 3\x00" + bytes(100), "database"),
            (b"<!DOCTYPE html><html><body>Sign in</body></html>", "web page"),
            (b'{"members": []}', "JSON"),
            (b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana\r\nEND:VCARD\r\n", ".vcf"),
            (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "calendar"),
            (b"foo,bar\n1,2\n", "--map"),
            (b'Name,Notes\nAna,"' + b"never closed\n" * 2000, None),
        ],
        ids=["empty", "blank", "binary", "workbook", "PDF", "database", "web page", "JSON", "cards", "calendar", "no known column", "open quote"],
    )
    def test_given_no_table_then_it_says_what_the_file_is_and_keeps_all(self, choir: Cli, content: bytes, says: str | None) -> None:
        imported(choir, "before.csv", "Name\nZoe\n")

        said = imported(choir, "list.csv", content, status=1)

        assert says is None or says in said
        assert "Zoe" in names(choir)
        assert says is None or names(choir) == {"Zoe"}

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252"])
    def test_given_any_encoding_that_programs_write_then_the_accents_are_right(self, choir: Cli, encoding: str) -> None:
        imported(choir, "list.csv", "Name;E-mail\r\nJosé Ñandú;jose@example.org\r\nZoë Müller;zoe@example.org\r\n".encode(encoding))

        assert names(choir) == {"José Ñandú", "Zoë Müller"}

    def test_given_a_quote_that_never_closes_then_that_row_is_set_apart_with_its_line_and_the_others_come_in(self, choir: Cli) -> None:
        said = imported(choir, "list.csv", 'Name,Notes\nAna,fine\nRui,"open\nZoe,fine\n', status=1)

        assert names(choir) == {"Ana", "Zoe"}
        assert "Line 3" in said
        kept = (choir.home / "list-not-imported.csv").read_text(encoding="utf-8-sig")
        assert "Rui" in kept

    def test_given_the_set_apart_rows_mended_when_their_file_is_imported_then_they_come_in(self, choir: Cli) -> None:
        imported(choir, "list.csv", 'Name,Notes\nAna,fine\nRui,"open\n', status=1)
        mended = (choir.home / "list-not-imported.csv").read_text(encoding="utf-8-sig").replace('""open', "closed")

        imported(choir, "again.csv", mended)

        assert "Rui" in names(choir)

    def test_given_two_equal_headers_then_nothing_is_lost_and_it_says_so(self, choir: Cli) -> None:
        said = imported(choir, "list.csv", "Name,Nickname,Notes,Nickname,Notes\nAna,Anita,first,Nita,second\n")
        choir("members", "export", choir.home / "out.csv")

        assert "two columns “Nickname”" in said
        written = (choir.home / "out.csv").read_text(encoding="utf-8-sig")
        assert all(word in written for word in ("Anita", "Nita", "first", "second"))

    def test_given_a_dry_run_then_it_is_shown_and_nothing_is_written(self, choir: Cli) -> None:
        path = choir.write("list.csv", 'Name;Mail\nAna;ana@example.org\nRui;"open\n')

        said = choir("members", "import", path, "--dry-run", "--map", "Mail=email", status=1)

        assert "1 member would be added" in said.out
        assert "Line 3" in said.err
        assert names(choir) == set()
        assert sorted(one.name for one in choir.home.iterdir()) == ["data", "list.csv"]

    def test_given_the_same_file_again_then_nobody_is_there_twice_and_one_undo_takes_the_first_back(self, choir: Cli) -> None:
        people = "Name,E-mail\n" + "".join(f"Person {n},p{n}@example.org\n" for n in range(1200))
        imported(choir, "list.csv", people)

        assert "1200 were there already" in imported(choir, "list.csv", people)
        choir("undo")
        assert names(choir) == set()
        choir("redo")
        assert len(names(choir)) == 1200

    def test_given_very_many_rows_then_the_memory_does_not_grow_with_them(self, process: Belfry) -> None:
        """The million is in the benchmarks; here is the slope: three times the rows, hardly more memory."""
        process("new", "--zone", "UTC", "--country", "PT")
        few, many = (peak(process, "members", "import", self._table(process, rows)) for rows in (10_000, 30_000))

        assert many < 250 * MEGABYTE
        assert many - few < 40 * MEGABYTE

    @staticmethod
    def _table(process: Belfry, rows: int) -> Path:
        path = process.home / f"{rows}.csv"
        with path.open("w", encoding="utf-8") as file:
            file.write("Name,E-mail,Phone,Notes\n")
            file.writelines(f"Person {n},p{n}@example.org,9{n:08},{'x' * 40}\n" for n in range(rows))
        return path


class TestCards:
    def test_given_a_photo_of_20_mb_then_it_is_over_soon_in_little_memory_and_the_others_come_in(self, process: Belfry) -> None:
        process("new", "--zone", "UTC", "--country", "PT")
        photo = base64.b64encode(b"\xff\xd8\xff" + os.urandom(20_000_000)).decode()
        folded = "\r\n ".join(photo[start : start + 74] for start in range(0, len(photo), 74))
        card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{}\r\n{}END:VCARD\r\n"
        content = card.format("Ana", "") + card.format("Rui", f"PHOTO;ENCODING=b;TYPE=JPEG:{folded}\r\n") + card.format("Zoe", "")
        (process.home / "phone.vcf").write_text(content, encoding="utf-8", newline="")

        assert peak(process, "members", "import", "phone.vcf") < 300 * MEGABYTE

        found = {row["Name"] for row in json.loads(process("members", "list", "--format", "json").out)}
        assert found == {"Ana", "Rui", "Zoe"}
        process("members", "export", "out.vcf")
        assert (process.home / "out.vcf").stat().st_size > 20_000_000

    def test_given_a_file_that_is_cut_off_then_the_whole_cards_come_in_and_it_says_where_it_ends(self, choir: Cli) -> None:
        said = imported(choir, "phone.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ru", status=1)

        assert names(choir) == {"Ana"}
        assert "line 5" in said

    @pytest.mark.parametrize("content", [b"", b"hello", bytes(range(256)) * 8], ids=["empty", "text", "binary"])
    def test_given_no_cards_at_all_then_it_says_so(self, choir: Cli, content: bytes) -> None:
        assert imported(choir, "phone.vcf", content, status=1)
        assert names(choir) == set()


class TestCalendars:
    WHOLE = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Google Inc//Google Calendar 70.9054//EN\r\n"
        "BEGIN:VEVENT\r\nUID:1@google.com\r\nDTSTART:20991206T180000Z\r\nDTEND:20991206T200000Z\r\nSUMMARY:Rehearsal\r\nEND:VEVENT\r\n"
        "BEGIN:VEVENT\r\nUID:2@google.com\r\nDTSTART:20991213T180000Z\r\nDTEND:20991213T200000Z\r\nSUMMARY:Concert\r\nEND:VEVENT\r\n"
        "END:VCALENDAR\r\n"
    )

    def test_given_a_truncated_one_then_nothing_is_half_imported(self, choir: Cli) -> None:
        for cut in (len(self.WHOLE) // 3, len(self.WHOLE) // 2, len(self.WHOLE) - 20):
            said = choir("events", "import", choir.write("cut.ics", self.WHOLE[:cut]), status=1)

            assert said.err
            assert "Events            0" in choir("info").out.replace("\t", " ") or '"Value": 0' in choir("info", "--format", "json").out

    @pytest.mark.parametrize(
        "content", [b"", b"hello\n", bytes(range(256)) * 8, b"BEGIN:VCARD\r\nEND:VCARD\r\n"], ids=["empty", "text", "binary", "card"]
    )
    def test_given_no_calendar_then_it_says_so(self, choir: Cli, content: bytes) -> None:
        assert choir("events", "import", choir.write("c.ics", content), status=1).err

    def test_given_the_same_one_twice_then_nothing_is_there_twice_and_undo_takes_it_back(self, choir: Cli) -> None:
        path = choir.write("c.ics", self.WHOLE)
        assert "Added 2 events" in choir("events", "import", path).out
        assert "2 were there already" in choir("events", "import", path).out

        rows = json.loads(choir("events", "list", "--from", "2099-12-01", "--to", "2099-12-31", "--format", "json").out)
        assert [row["Title"] for row in rows] == ["Rehearsal", "Concert"]
        choir("undo")
        assert json.loads(choir("events", "list", "--from", "2099-12-01", "--to", "2099-12-31", "--format", "json").out) == []

    def test_given_events_when_they_are_exported_and_imported_elsewhere_then_they_are_the_same(self, choir: Cli) -> None:
        choir("events", "import", choir.write("c.ics", self.WHOLE))
        choir("events", "export", choir.home / "out.ics")
        other = choir.home / "other.belfry"
        choir("new", other, "--zone", "Europe/Lisbon")

        choir("events", "import", choir.home / "out.ics", "--community", other)

        asked = ("events", "list", "--from", "2099-12-01", "--to", "2099-12-31", "--format", "json")
        mine, theirs = (json.loads(choir(*asked, "--community", file).out) for file in (choir.community, other))
        assert [row | {"Event": ""} for row in mine] == [row | {"Event": ""} for row in theirs]


class TestPlaces:
    @pytest.mark.parametrize("words", [("members", "import"), ("events", "import")], ids=" ".join)
    def test_given_a_file_that_is_not_there_or_is_a_folder_then_it_says_so(self, choir: Cli, words: tuple[str, ...]) -> None:
        (choir.home / "folder.csv").mkdir()
        (choir.home / "folder.ics").mkdir()

        assert "nowhere" in choir(*words, choir.home / "nowhere.csv", status=1).err
        for name in ("folder.csv", "folder.ics"):
            assert "folder" in choir(*words, choir.home / name, status=1).err

    def test_given_an_export_would_write_over_a_file_then_it_asks_or_is_told(self, choir: Cli) -> None:
        path = choir.write("mine.csv", "precious")

        assert "--replace" in choir("members", "export", path, status=1).err
        assert path.read_text() == "precious"
        choir("members", "export", path, "--replace")
        assert "precious" not in path.read_text(encoding="utf-8-sig")

    def test_given_a_name_that_says_no_form_then_an_export_asks_for_one(self, choir: Cli) -> None:
        assert "members.csv" in choir("members", "export", choir.home / "members.doc", status=1).err
        assert ".ics" in choir("events", "export", choir.home / "events.txt", status=1).err

    def test_given_a_folder_that_can_t_be_written_then_an_export_says_so(self, choir: Cli) -> None:
        assert "nowhere" in choir("members", "export", choir.home / "nowhere" / "m.csv", status=1).err


class TestTheCommunityFile:
    """A community file that is none, is newer, read-only, on a full disk, or open elsewhere."""

    @pytest.mark.parametrize(
        "content", [b"hello\n" * 1000, b"", bytes(8192), b"SQLite format 3\x00" + bytes(5000)], ids=["text", "empty", "zeros", "SQLite"]
    )
    @pytest.mark.parametrize("words", [("info",), ("send", "--once"), ("check",), ("members", "list"), ("undo",)], ids=" ".join)
    def test_given_it_is_none_then_it_says_so_and_leaves_it_as_it_was(self, cli: Cli, content: bytes, words: tuple[str, ...]) -> None:
        path = cli.write("letter.belfry", content)

        assert str(path) in cli("--community", path, *words, status=1).err
        assert path.read_bytes() == content

    def test_given_it_is_from_a_newer_belfry_then_it_says_so_and_leaves_it_as_it_was(self, choir: Cli) -> None:
        content = bytearray(choir.community.read_bytes())
        content[60:64] = (9999).to_bytes(4, "big")  # user_version, https://www.sqlite.org/fileformat2.html#database_header
        path = choir.write("newer.belfry", bytes(content))

        assert "newer Belfry" in choir("--community", path, "info", status=1).err
        assert path.read_bytes() == bytes(content)

    def test_given_another_program_writes_to_it_then_it_says_so_and_waits_no_longer_than_some_seconds(self, choir: Cli, process: Belfry) -> None:
        holder = (
            "import sys; from desktop.store.driver import connect; c = connect(sys.argv[1], isolation_level=None);"
            "c.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()"
        )
        with subprocess.Popen(
            [sys.executable, "-c", holder, str(choir.community)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == "held\n"
            said = process("members", "import", choir.write("m.csv", "Name\nAna\n"), status=1)
            other.communicate("")

        assert "try again" in said.err
        assert names(choir) == set()
        imported(choir, "m.csv", "Name\nAna\n")

    @pytest.mark.skipif(sys.platform != "linux", reason="needs Linux's capabilities to be bound by permissions as root, too")
    def test_given_it_can_only_be_read_then_it_says_so_and_what_can_be_read_is_read(self, choir: Cli, process: Belfry) -> None:
        imported(choir, "m.csv", "Name\nAna\n")
        choir.community.chmod(0o400)
        other = choir.write("n.csv", "Name\nRui\n")

        said = self._bound(process, "members", "import", str(other))

        assert said.returncode == 1
        assert "Traceback" not in said.stderr
        assert str(choir.community) in said.stderr
        choir.community.chmod(0o600)
        assert names(choir) == {"Ana"}

    @pytest.mark.skipif(sys.platform != "linux", reason="needs Linux's capabilities to be bound by permissions as root, too")
    def test_given_a_file_of_the_persons_can_t_be_read_then_it_says_so(self, choir: Cli, process: Belfry) -> None:
        secret = choir.write("m.csv", "Name\nAna\n")
        secret.chmod(0)

        said = self._bound(process, "members", "import", str(secret))

        assert said.returncode == 1
        assert "m.csv could not be read" in said.stderr

    @staticmethod
    def _bound(process: Belfry, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Call the command so that permissions count, for root too."""
        bound = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
        command = [*bound, *process.command(arguments)]
        return subprocess.run(command, env=process.environ, cwd=process.home, capture_output=True, text=True, check=False, timeout=60)

    @pytest.mark.skipif(sys.platform != "linux", reason="needs a small disk of its own, which Linux's namespaces give")
    def test_given_the_disk_is_full_then_it_says_so_all_is_kept_and_it_works_again_with_room(self, tmp_path: Path) -> None:
        disk = tmp_path / "disk"
        disk.mkdir()
        small = tmp_path / "small.csv"
        small.write_text("Name\nAna\n")
        large = tmp_path / "large.csv"
        large.write_text("Name,Notes\n" + "".join(f"Person {n},{'x' * 300}\n" for n in range(4000)))
        belfry = " ".join(Belfry(tmp_path, tmp_path / "data").command(["--community", disk / "c.belfry"]))
        script = f"""
            mount -t tmpfs -o size=3m none {disk} || exit 77
            {belfry} new {disk}/c.belfry --zone UTC --country PT && {belfry} members import {small} || exit 1
            {belfry} members import {large}; echo "full: $?"
            {belfry} announce hello --to nobody; echo "refused: $?"
            {belfry} members list --format csv
            {belfry} check; echo "check: $?"
            {belfry} members export {disk}/out.vcf; echo "export: $?"
        """
        space = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
        environ = Belfry(tmp_path, tmp_path / "data").environ
        done = subprocess.run([*space, "sh", "-c", script], env=environ, capture_output=True, text=True, check=False, timeout=120)
        if done.returncode in (77, 126, 127) or "unshare" in done.stderr:
            pytest.skip("no disk of one's own can be made here")

        assert "full: 1" in done.stdout, done
        assert "disk is full" in done.stderr or "No space left" in done.stderr
        assert "check: 0" in done.stdout
        assert "export: 0" in done.stdout
        assert "Ana" in done.stdout
        assert "Traceback" not in done.stderr

    def test_given_two_imports_at_once_then_both_come_in(self, choir: Cli, process: Belfry) -> None:
        first, second = (choir.write(f"{n}.csv", "Name\n" + "".join(f"Person {n} {i}\n" for i in range(300))) for n in (1, 2))
        with process.running("members", "import", first) as one, process.running("members", "import", second) as two:
            assert (one.process.wait(60), two.process.wait(60)) == (0, 0)

        assert len(names(choir)) == 600
        assert PASSPHRASE not in choir.community.read_bytes().decode("latin-1")
