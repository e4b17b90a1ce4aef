"""What went wrong in a run of pytest, from the file it writes: real runs of pytest."""

import subprocess
import sys
from pathlib import Path

import pytest

from develop.failures import failures


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Where the run writes its report."""
    return tmp_path / "report.xml"


def run(report: Path, code: str) -> int:
    """Run tests of their own, in a folder of their own."""
    (report.parent / "test_some.py").write_text(code, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        f"--rootdir={report.parent}",
        "-c",
        "/dev/null",
        f"--junit-xml={report}",
    ]
    return subprocess.run([*command, "test_some.py"], cwd=report.parent, capture_output=True, check=False).returncode


def test_given_tests_that_fail_when_asked_then_each_is_named_with_its_reason(report: Path) -> None:
    code = "import pytest\n@pytest.fixture\ndef leak():\n    yield\n    assert 0, 'not closed'\n\ndef test_well(): pass\n\n"
    assert run(report, code + "def test_bells():\n    assert 'ding' == 'dong'\n\ndef test_leak(leak): pass\n") == 1
    said = failures(report)
    assert "test_some.py::test_bells (failure)" in said
    assert "'ding' == 'dong'" in said
    assert "test_some.py::test_leak (error)" in said
    assert "not closed" in said
    assert "test_well" not in said


def test_given_more_than_anybody_reads_when_asked_then_the_rest_is_counted(report: Path) -> None:
    assert run(report, "import pytest\n@pytest.mark.parametrize('bell', range(25))\ndef test_bell(bell): assert 0\n") == 1
    assert failures(report).splitlines()[-1] == "And 5 more."


def test_given_no_report_or_no_failure_in_it_when_asked_then_a_sentence_says_so(report: Path) -> None:
    assert failures(report) == "pytest ended before it could write its report."
    report.write_text("<testsuites><testsuite>", encoding="utf-8")
    assert failures(report) == "pytest ended before it could write its report."
    assert run(report, "def test_well(): pass\n") == 0
    assert failures(report) == "No test failed, but pytest ended with an error of its own."
