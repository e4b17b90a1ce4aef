"""The guards in tests/conftest.py, each shown to bite in a pytest of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"


def verdict(tmp_path: Path, test: str) -> str:
    """What pytest prints for this test under our conftest."""
    (tmp_path / "conftest.py").write_text(CONFTEST.read_text("utf-8"), "utf-8")
    (tmp_path / "test_it.py").write_text(test, "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n    expects_log(pattern): x\n", "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:pytest-qt"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return run.stdout


@pytest.mark.parametrize(
    "reach",
    [
        "socket.create_connection(('192.0.2.1', 9), timeout=0.1)",
        "socket.create_connection(('example.org', 80), timeout=0.1)",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 9))",
    ],
)
def test_given_a_test_that_swallows_the_error_when_it_reaches_out_then_it_fails_all_the_same(tmp_path: Path, reach: str) -> None:
    test = f"import socket\n\ndef test_it():\n    try:\n        {reach}\n    except Exception:\n        pass\n"
    shown = verdict(tmp_path, test)
    assert "tests talk to this machine only" in shown
    assert "1 error" in shown


def test_given_loopback_and_unix_sockets_when_a_test_uses_them_then_it_passes(tmp_path: Path) -> None:
    test = """
import socket

def test_it(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(("127.0.0.1", server.getsockname()[1])):
        pass
    if hasattr(socket, "AF_UNIX"):
        with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
            server.bind(str(tmp_path / "s"))
            server.listen()
            client.connect(str(tmp_path / "s"))
"""
    assert "1 passed" in verdict(tmp_path, test)


def test_given_a_name_that_never_exists_when_it_is_looked_up_then_it_fails_as_in_the_world(tmp_path: Path) -> None:
    test = """
import socket, pytest

def test_it():
    with pytest.raises(socket.gaierror):
        socket.create_connection(("nowhere.invalid", 80))
"""
    assert "1 passed" in verdict(tmp_path, test)


def test_given_a_warning_in_the_log_when_nobody_expects_it_then_the_test_fails(tmp_path: Path) -> None:
    shown = verdict(tmp_path, "import logging\n\ndef test_it():\n    logging.getLogger('x').warning('odd %s', 1)\n")
    assert "unexpected in the log" in shown
    assert "WARNING x: odd 1" in shown


def test_given_a_warning_in_the_log_when_the_mark_expects_it_then_the_test_passes(tmp_path: Path) -> None:
    test = "import logging, pytest\n\n@pytest.mark.expects_log('odd')\ndef test_it():\n    logging.getLogger('x').warning('odd %s', 1)\n"
    assert "1 passed" in verdict(tmp_path, test)
