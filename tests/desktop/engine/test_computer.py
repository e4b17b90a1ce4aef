"""This computer's identity: made once, kept private, not carried along to another machine."""

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.engine import machine
from desktop.engine.computer import Computer, this_computer
from helpers.keyring_session import ROOT


def test_given_a_new_data_folder_when_asked_twice_then_it_is_the_same_computer_with_a_name(tmp_path: Path) -> None:
    data = tmp_path / "Belfry"
    first = this_computer(data)
    assert this_computer(data) == first
    assert len(first.id) == 36
    assert first.name


def test_given_two_persons_when_each_asks_then_they_are_two_computers(tmp_path: Path) -> None:
    assert this_computer(tmp_path / "ana").id != this_computer(tmp_path / "bo").id


def test_given_the_identity_when_made_then_files_are_0600_and_the_folder_0700(tmp_path: Path) -> None:
    data = tmp_path / "Belfry"
    this_computer(data)
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in data.iterdir()} == {0o600}


def test_given_programs_that_start_at_once_when_each_asks_then_they_agree(tmp_path: Path) -> None:
    script = "import sys; from pathlib import Path; from desktop.engine.computer import this_computer; print(this_computer(Path(sys.argv[1])).id)"
    command = [sys.executable, "-c", script, str(tmp_path / "Belfry")]
    programs = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(6)]
    said = {program.communicate(timeout=60)[0].strip() for program in programs}
    assert len(said) == 1
    assert said == {this_computer(tmp_path / "Belfry").id}


@pytest.mark.expects_log("identity of this computer could not be used")
def test_given_the_data_folder_when_it_is_copied_to_another_machine_then_that_is_another_computer(tmp_path: Path) -> None:
    here = this_computer(tmp_path, fingerprint="machine one")
    there = this_computer(tmp_path, fingerprint="machine two")
    assert there.id != here.id
    assert this_computer(tmp_path, fingerprint="machine two") == there
    (aside,) = tmp_path.glob("computer.json.*.old")
    assert here.id in aside.read_text()


def test_given_a_machine_without_an_id_when_asked_then_the_folder_alone_says_who_it_is(tmp_path: Path) -> None:
    before = this_computer(tmp_path, fingerprint="")
    assert this_computer(tmp_path, fingerprint="") == before
    assert this_computer(tmp_path, fingerprint="machine one") == before


@pytest.mark.expects_log("identity of this computer could not be used")
@pytest.mark.parametrize("content", [b"", b"\0" * 100, b"{", b"[]", b'{"id": "x", "name": "n", "machine": ""}', b'{"id": 7}', b"\xff\xfe"])
def test_given_a_damaged_identity_when_asked_then_it_is_put_aside_and_a_new_one_is_made(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "computer.json").write_bytes(content)
    made = this_computer(tmp_path)
    assert this_computer(tmp_path) == made
    (aside,) = tmp_path.glob("computer.json.*.old")
    assert aside.read_bytes() == content


def test_given_the_kept_identity_when_read_by_others_then_the_machine_s_own_id_is_not_in_it(tmp_path: Path) -> None:
    made = this_computer(tmp_path)
    kept = json.loads((tmp_path / "computer.json").read_text())
    assert made == Computer(kept["id"], kept["name"])
    for path in (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id")):
        if path.is_file() and (machine_id := path.read_text().strip()):
            assert machine_id not in kept["machine"]


def test_given_this_machine_when_its_fingerprint_is_taken_twice_then_it_is_the_same_and_says_little() -> None:
    assert machine.fingerprint() == machine.fingerprint()
    assert len(machine.fingerprint()) in (0, 32)
