"""dev.py as a person starts it: too old a Python, wrong arguments, a run of steps, the reports."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from develop.checks import Result, Skip, Step, run_steps
from develop.commands import main
from develop.environment import Environment
from develop.ground import Problem
from develop.reports import audit, sbom

ROOT = Path(__file__).parents[2]
DEV = ROOT / "packaging" / "dev.py"


def test_given_an_old_python_when_dev_is_started_then_one_sentence_says_so() -> None:
    code = f"import sys, runpy; sys.version_info = (3, 6, 15, 'final', 0); runpy.run_path({str(DEV)!r}, run_name='__main__')"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stderr == "Belfry needs Python 3.11 or newer, and this is Python 3.6: start it with a newer one.\n"


def test_given_the_words_of_an_old_python_when_dev_is_read_then_it_can_be_read() -> None:
    ast.parse(DEV.read_text("utf-8"), feature_version=(3, 4))


def test_given_dev_when_its_modules_are_listed_then_none_makes_our_folder_hide_the_library_of_that_name() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()


@pytest.mark.parametrize("arguments", [["screens"], ["fly"], [], ["audit", "P6"]])
def test_given_wrong_arguments_when_dev_is_started_then_it_ends_with_2(arguments: list[str]) -> None:
    run = subprocess.run([sys.executable, DEV, *arguments], capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert run.stderr.startswith("usage: dev.py")


def test_given_steps_of_which_two_go_badly_when_they_are_run_then_all_are_run_and_the_last_line_names_the_two(
    capsys: pytest.CaptureFixture[str],
) -> None:
    seen: list[str] = []

    def step(name: str, end: Result | Exception) -> Step:
        def look() -> Result:
            seen.append(name)
            if isinstance(end, Exception):
                raise end
            return end

        return Step(name, look)

    steps = [step("one", Result.BADLY), step("two", Result.WELL), step("three", Skip("nothing to see")), step("four", Problem("no disk"))]
    assert run_steps(steps) == 1
    assert seen == ["one", "two", "three", "four"]
    out = capsys.readouterr().out
    assert "nothing to see" in out
    assert "no disk" in out
    assert "2 of 4 checks went badly: one; four" in out.splitlines()[-1]
    assert out.splitlines()[-4:-2] == ["four:", "no disk"]  # said again where everybody looks
    assert run_steps([step("one", Result.WELL), step("two", Skip("nothing"))]) == 0
    assert "All is well: 1 checks" in capsys.readouterr().out.splitlines()[-1]


def test_given_a_problem_when_a_command_meets_it_then_it_is_a_sentence_on_stderr_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("develop.commands.ROOT", tmp_path)
    assert main(["screens", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err == "There are no pictures to take yet: the window comes with the next version.\n"


def test_given_options_of_a_benchmark_when_dev_is_started_then_they_are_left_to_the_benchmarks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("develop.commands.ROOT", tmp_path)
    assert main(["bench", "P2", "P4", "--scale", "0.1", "--million"]) == 2
    assert capsys.readouterr().err == "There are no benchmarks in this folder.\n"


def test_given_the_lock_when_the_list_of_parts_is_written_then_it_is_cyclonedx_with_every_package_and_its_hash(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "sbom.json"
    sbom(Environment(Path(sys.prefix)), out)
    bill = json.loads(out.read_text("utf-8"))
    assert bill["bomFormat"] == "CycloneDX"
    parts = {part["name"]: part for part in bill["components"]}
    assert {"httpx", "sqlcipher3", "pyside6-essentials"} <= parts.keys()
    assert "pytest" not in parts
    assert all(part["externalReferences"][0]["hashes"] for part in parts.values())
    assert bill["metadata"]["component"]["name"] == "belfry"


def test_given_no_way_to_the_advisory_service_when_the_audit_is_asked_for_then_it_says_that_nothing_was_audited(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # the discard port: nobody listens
    audit(Environment(Path(sys.prefix)))
    assert capsys.readouterr().out.startswith("Nothing was audited")
