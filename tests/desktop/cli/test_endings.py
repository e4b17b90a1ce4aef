"""How a call ends where the process matters: signals, closed output, another sender, a mistake of Belfry's own."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import click
import click.testing
import pytest

from desktop.cli import Belfry as Commands
from desktop.cli import main
from desktop.cli.context import session
from helpers.cli import Cli
from helpers.command import PASSPHRASE, Belfry

posix = pytest.mark.skipif(os.name != "posix", reason="signals and pipes of POSIX")


@pytest.fixture
def choir(posting: Cli, process: Belfry) -> Belfry:
    """The command as a process, on a computer with a community and a Practice group."""
    assert posting.home == process.home
    return process


class TestTheSender:
    @posix
    @pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
    def test_given_it_is_stopped_then_it_ends_with_what_was_done_and_0(self, choir: Belfry, sent: int) -> None:
        with choir.running("send") as sender:
            sender.wait_for(lambda now: any("Ctrl+C" in line for line in now.err))
            choir("announce", "Hello", "--to", "Choir group")
            sender.wait_for(lambda now: any("Choir group: sent" in line for line in now.out))
            ended = sender.end(sent)

        assert ended.status == 0
        assert ended.out.endswith("1 sent.\n")
        assert "Traceback" not in ended.err

    @posix
    def test_given_one_sends_then_another_says_who_and_ends_with_0_and_nothing_goes_out_twice(self, choir: Belfry) -> None:
        with choir.running("send") as sender:
            sender.wait_for(lambda now: any("Ctrl+C" in line for line in now.err))
            sender.wait_for(lambda now: str(now.process.pid) in choir("send", "--once").out)
            choir("announce", "Hello", "--to", "Choir group")
            other = choir("send", "--until-idle")
            sender.wait_for(lambda now: any("Choir group: sent" in line for line in now.out))
            sender.end(signal.SIGINT)

        assert "sends already" in other.out
        shown = json.loads(choir("deliveries", "list", "--format", "json").out)
        assert [row["State"] for row in shown] == ["sent"]

    @posix
    def test_given_it_is_killed_then_the_next_one_goes_on_at_once(self, choir: Belfry) -> None:
        with choir.running("send") as sender:
            sender.wait_for(lambda now: any("Ctrl+C" in line for line in now.err))
            sender.wait_for(lambda now: "sends already" in choir("send", "--once").out)
            sender.end(signal.SIGKILL)
        choir("announce", "Hello", "--to", "Choir group")

        assert choir("send", "--once").out.endswith("1 sent.\n")

    @posix
    def test_given_nobody_reads_what_it_says_then_it_still_sends(self, choir: Belfry) -> None:
        command = choir.command(["send"])
        process = subprocess.Popen(command, env=choir.environ, cwd=choir.home, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stderr is not None
        assert "Ctrl+C" in process.stderr.readline()
        process.stdout.close()
        process.stderr.close()
        try:
            choir("announce", "Hello", "--to", "Choir group")
            for _ in range(60):
                if "sent" in choir("deliveries", "list", "--format", "csv").out:
                    break
            assert "sent" in choir("deliveries", "list", "--format", "csv").out
            assert process.poll() is None
        finally:
            process.kill()
            process.wait(30)


class TestOutput:
    @posix
    def test_given_the_reader_leaves_in_the_middle_then_it_ends_silently(self, choir: Belfry) -> None:
        (choir.home / "m.csv").write_text("Name\n" + "".join(f"Person {n}\n" for n in range(20_000)), encoding="utf-8")
        choir("members", "import", "m.csv")
        command = choir.command(["members", "list", "--format", "json"])
        with subprocess.Popen(command, env=choir.environ, cwd=choir.home, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as listing:
            assert listing.stdout is not None
            assert listing.stderr is not None
            assert listing.stdout.readline() == "[\n"
            listing.stdout.close()
            assert listing.stderr.read() == ""
            assert listing.wait(30) == 1

    @posix
    @pytest.mark.parametrize("redirection", [">&-", "2>&-", ">&- 2>&-", "<&-", "< /dev/null"])
    def test_given_a_stream_that_is_closed_then_it_works(self, choir: Belfry, redirection: str) -> None:
        line = " ".join(choir.command(["members", "list"]))
        done = subprocess.run(["sh", "-c", f"{line} {redirection}"], env=choir.environ, cwd=choir.home, capture_output=True, text=True, check=False)

        assert done.returncode == 0
        assert "Traceback" not in done.stderr

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's full device")
    def test_given_the_output_can_t_be_written_then_it_says_so(self, choir: Belfry) -> None:
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                choir.command(["info"]), env=choir.environ, cwd=choir.home, stdout=full, stderr=subprocess.PIPE, text=True, check=False
            )

        assert done.returncode == 1
        assert "No space left" in done.stderr
        assert "Traceback" not in done.stderr


class TestStopping:
    @posix
    def test_given_ctrl_c_in_an_import_then_nothing_of_it_is_kept_and_it_ends_with_130(self, choir: Belfry) -> None:
        (choir.home / "m.csv").write_text("Name,Notes\n" + "".join(f"Person {n},{n}\n" for n in range(150_000)), encoding="utf-8")
        with choir.running("members", "import", "m.csv") as importing:
            importing.wait_for(lambda _: any(choir.data.glob(".belfry-import-*")))
            ended = importing.end(signal.SIGINT)

        assert ended.status == 130, ended
        assert "Stopped" in ended.err
        assert "Traceback" not in ended.err
        assert json.loads(choir("members", "list", "--format", "json").out) == []
        assert not list(choir.data.glob(".belfry-import-*"))

    @posix
    def test_given_a_killed_import_when_the_next_begins_then_what_the_first_had_read_of_people_is_gone(self, choir: Belfry) -> None:
        (choir.home / "m.csv").write_text("Name,Notes\n" + "".join(f"Person {n},{n}\n" for n in range(150_000)), encoding="utf-8")
        (choir.home / "few.csv").write_text("Name,Email\nAna,ana@example.org\n", encoding="utf-8")
        with choir.running("members", "import", "m.csv") as importing:
            importing.wait_for(lambda _: any(choir.data.glob(".belfry-import-*")))
            importing.end(signal.SIGKILL)
        left = list(choir.data.glob(".belfry-import-*"))
        assert len(left) == 1

        other = left[0].with_name(".belfry-import-other-1-0")
        other.touch()  # of another computer, which we know nothing of
        choir("members", "import", "few.csv")

        assert list(choir.data.glob(".belfry-import-*")) == [other]
        assert [one["Name"] for one in json.loads(choir("members", "list", "--format", "json").out)] == ["Ana"]


class TestMistakes:
    @pytest.mark.expects_log("Nobody was prepared for this")
    def test_given_a_mistake_of_belfrys_own_then_it_is_one_sentence_and_the_traceback_is_in_the_log(self, tmp_path: Path) -> None:
        @click.command()
        def stumble() -> None:
            assert session().program.data.exists()
            raise RuntimeError(f"fell over {PASSPHRASE}")

        commands = Commands(commands={"stumble": stumble}, callback=main.callback, params=main.params)
        result = click.testing.CliRunner().invoke(commands, ["stumble"], env={"BELFRY_DATA": str(tmp_path)})

        assert result.exit_code == 1
        assert "a mistake of its own" in result.stderr
        assert str(tmp_path / "log") in result.stderr
        assert "fell over" not in result.stderr
        assert "RuntimeError: fell over" in (tmp_path / "log" / "belfry.log").read_text()

    def test_given_the_data_folder_can_t_be_made_then_it_says_so(self, cli: Cli) -> None:
        cli.write("data", "a file where the folder should be")

        assert str(cli.home / "data") in cli("info", status=1).err

    @pytest.mark.skipif(sys.platform != "linux", reason="needs Linux's capabilities to be bound by permissions as root, too")
    def test_given_the_log_can_t_be_written_then_it_says_so_and_does_what_was_asked(self, choir: Belfry) -> None:
        for kept in (choir.data / "log").iterdir():
            kept.unlink()
        (choir.data / "log" / "belfry.log").mkdir()

        said = choir("info")

        assert "There is no log" in said.err
        assert "Choir" in said.out


class TestTheDemonstration:
    def test_given_no_window_and_no_command_then_it_shows_what_arrives_and_how_to_go_on_and_leaves_nothing(
        self, process: Belfry, tmp_path: Path
    ) -> None:
        folder = tmp_path / "temporary"
        folder.mkdir()
        process.more["TMPDIR"] = str(folder)

        said = process()

        assert "There is no window here" in said.out.splitlines()[0]
        assert "arrived at Practice" in said.out
        assert "new --help" in said.out.splitlines()[-1]
        assert list(folder.iterdir()) == []
        assert not process.data.exists()
