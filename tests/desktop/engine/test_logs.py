"""The log file: private, bounded, shared by several programs, and without secrets in messages, arguments and tracebacks (figure X1)."""

import base64
import io
import json
import logging
import stat
import subprocess
import sys
import threading
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.community.ports import Secret
from desktop.engine.logs import HIDDEN, TAMED, Redactor, log_to
from helpers.keyring_session import ROOT

CANARY = 'canary "quoted"/slash\\back & ünï+c0de'
TOKEN = "123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"

log = logging.getLogger("belfry.test")
pytestmark = pytest.mark.expects_log(".*")  # what is logged here is what is tested


@pytest.fixture
def redactor() -> Redactor:
    return Redactor()


@pytest.fixture
def written(tmp_path: Path, redactor: Redactor) -> Iterator[Path]:
    with log_to(tmp_path / "log", redactor, level=logging.DEBUG) as path:
        yield path


def test_given_a_log_when_something_is_logged_then_it_is_there_with_its_time_in_utc_in_a_private_file(written: Path) -> None:
    log.info("the bell of %s rang", "São Tomé")
    line = written.read_text(encoding="utf-8")
    assert "the bell of São Tomé rang" in line
    assert line.split()[0].endswith("Z")
    assert stat.S_IMODE(written.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(written.stat().st_mode) == 0o600


def test_given_a_secret_of_this_run_when_it_is_logged_in_any_guise_then_it_is_not_in_the_file(written: Path, redactor: Redactor) -> None:
    redactor.add(Secret(CANARY))
    guises = [
        CANARY,
        urllib.parse.quote(CANARY),
        urllib.parse.quote(CANARY, safe=""),
        urllib.parse.quote_plus(CANARY),
        json.dumps(CANARY)[1:-1],
        repr(CANARY)[1:-1],
        repr(CANARY.encode())[2:-1],
        base64.b64encode(CANARY.encode()).decode(),
    ]
    for guise in guises:
        log.warning("with %s", guise)
        log.warning("in " + guise)  # noqa: G003 - as careless code does
    log.warning("as %r", {"token": CANARY, "bytes": CANARY.encode()})
    text = written.read_text(encoding="utf-8")
    assert not [guise for guise in guises if guise in text]
    assert text.count(HIDDEN) >= 2 * len(guises) + 2


def test_given_an_error_that_holds_a_secret_when_its_traceback_is_logged_then_it_is_not_in_the_file(written: Path, redactor: Redactor) -> None:
    redactor.add(Secret(CANARY))
    try:
        try:
            raise ValueError(f"refused: {CANARY}")
        except ValueError as cause:
            raise RuntimeError(f"could not post to https://api.telegram.org/bot{TOKEN}/sendMessage") from cause
    except RuntimeError:
        log.exception("while sending", stack_info=True)
    text = written.read_text(encoding="utf-8")
    assert "Traceback" in text
    assert "refused: " in text
    assert CANARY not in text
    assert TOKEN not in text


def test_given_another_handler_when_a_traceback_was_logged_here_then_it_formats_its_own(written: Path, redactor: Redactor) -> None:
    stream = io.StringIO()
    other = logging.StreamHandler(stream)
    logging.getLogger().addHandler(other)
    try:
        raise ValueError("the other one's business")
    except ValueError:
        log.exception("x")
    finally:
        logging.getLogger().removeHandler(other)
    assert "the other one's business" in stream.getvalue()
    assert "the other one's business" in written.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "line",
    [
        f"HTTP Request: POST https://api.telegram.org/bot{TOKEN}/sendMessage",
        f"GET http://127.0.0.1:8081/file/bot{TOKEN}/photo.jpg",
        f"POST https://api.telegram.org/bot{TOKEN.replace(':', '%3A')}/getMe",
        f"Bot[token={TOKEN}]",
        f"the token {TOKEN} was refused",
        f"{{'Authorization': 'Bearer {TOKEN}'}}",
        "Authorization: Basic dXNlcjpwYXNzLVlvcmljaw==",
        "headers=[(b'Authorization', b'Bearer abcdefgh-Yorick')]",
        "proxy-authorization: Yorick-0123456789",
        "X-Api-Key: abc-Yorick",
        "(b'apikey', b'abc-Yorick')",
        "smtp://ana:Yorick@mail.example.org:587",
        "https://example.org/hook?token=Yorick&x=1",
        "POST https://discord.com/api/webhooks/1234567/abcd_Yorick-efgh?wait=true",
        'form={"password": "Yorick", "name": "ana"}',
    ],
)
def test_given_what_looks_like_a_credential_when_nobody_named_it_a_secret_then_it_is_left_out_all_the_same(line: str) -> None:
    clean = Redactor().clean(line)
    assert HIDDEN in clean
    for secret in (TOKEN, TOKEN.replace(":", "%3A"), TOKEN.partition(":")[2], "Yorick", "dXNlcjpwYXNzLVlvcmljaw=="):
        assert secret not in clean


@pytest.mark.parametrize(
    "line",
    [
        "sent 0192f0c1-0000-7000-8000-00000000000a to -1001234567890 at 2026-12-06T18:00:00.000Z",
        "opened /home/ana/robots/bottom.belfry",
        "GET https://example.org/bots?page=2 200",
        "3 members imported, 12:30:45",
    ],
)
def test_given_an_ordinary_line_when_cleaned_then_it_stays_as_it_is(line: str) -> None:
    assert Redactor().clean(line) == line


@example("00000\ud800", "", "")
@given(st.text(st.characters(exclude_characters="., •"), min_size=6), st.text("., "), st.text("., "))
def test_given_any_secret_between_any_words_when_cleaned_then_it_is_gone(secret: str, before: str, after: str) -> None:
    redactor = Redactor()
    redactor.add(Secret(secret))
    assert redactor.clean(before + secret + after) == before + HIDDEN + after


def test_given_a_short_secret_when_cleaned_then_it_goes_where_it_stands_alone_and_words_can_still_be_read() -> None:
    redactor = Redactor()
    redactor.add(Secret("bell"))
    redactor.add(Secret(""))
    assert redactor.clean("password is bell, said the bellringer") == f"password is {HIDDEN}, said the bellringer"


def test_given_a_key_of_several_lines_when_one_of_them_is_logged_then_it_is_gone() -> None:
    redactor = Redactor()
    redactor.add(Secret("-----BEGIN KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\n-----END KEY-----"))
    assert redactor.clean("bad line: kqhkiG9w0BAQEF") == f"bad line: {HIDDEN}"


def test_given_httpx_when_it_talks_then_neither_url_nor_header_of_a_bot_is_in_the_log_even_when_it_is_let_loose(written: Path) -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(404))
    with httpx.Client(transport=transport, headers={"Authorization": f"Bearer {TOKEN}"}) as client:
        client.get(f"https://api.telegram.org/bot{TOKEN}/getMe")
        assert "getMe" not in written.read_text(encoding="utf-8")
        logging.getLogger("httpx").setLevel(logging.DEBUG)
        answer = client.get(f"https://api.telegram.org/bot{TOKEN}/getMe")
        with pytest.raises(httpx.HTTPStatusError) as refused:
            answer.raise_for_status()
        log.error("refused", exc_info=refused.value)
    text = written.read_text(encoding="utf-8")
    assert "getMe" in text
    assert TOKEN not in text
    assert TOKEN.partition(":")[2] not in text


def test_given_talkative_libraries_when_the_log_is_closed_then_their_levels_are_as_before(tmp_path: Path, redactor: Redactor) -> None:
    before = {name: logging.getLogger(name).level for name in ("", *TAMED)}
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    handlers = list(logging.getLogger().handlers)
    with log_to(tmp_path, redactor):
        assert {logging.getLogger(name).level for name in TAMED} == {logging.WARNING}
    assert {name: logging.getLogger(name).level for name in ("", *TAMED)} == before
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == hooks
    assert logging.getLogger().handlers == handlers


def test_given_a_long_run_when_much_is_logged_then_the_files_stay_bounded_private_and_the_newest_is_kept(tmp_path: Path, redactor: Redactor) -> None:
    with log_to(tmp_path, redactor, max_bytes=5_000, kept=2) as path:
        for n in range(1_000):
            log.info("entry %d", n)
    files = sorted(tmp_path.glob("belfry.log*"))
    assert {file.name for file in files} == {"belfry.log", "belfry.log.1", "belfry.log.2", "belfry.log.lock"}
    assert sum(file.stat().st_size for file in files) <= 15_000
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert "entry 999" in path.read_text(encoding="utf-8")


def test_given_two_programs_when_both_log_much_then_no_newest_entry_is_lost_and_the_files_stay_bounded(tmp_path: Path) -> None:
    script = (
        "import logging, sys; from pathlib import Path; from desktop.engine.logs import Redactor, log_to\n"
        "with log_to(Path(sys.argv[1]), Redactor(), max_bytes=20_000, kept=3):\n"
        "  for n in range(500): logging.getLogger(sys.argv[2]).info('entry %d', n)"
    )
    commands = [[sys.executable, "-c", script, str(tmp_path), name] for name in ("window", "sender")]
    programs = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for command in commands]
    assert [(program.communicate(timeout=60)[1], program.returncode) for program in programs] == [(b"", 0), (b"", 0)]
    text = "".join(file.read_text() for file in tmp_path.glob("belfry.log*"))
    assert "window: entry 499" in text
    assert "sender: entry 499" in text
    assert sum(file.stat().st_size for file in tmp_path.glob("belfry.log*")) <= 85_000


def test_given_a_log_file_that_somebody_takes_away_when_more_is_logged_then_a_new_one_is_made(written: Path) -> None:
    log.info("before")
    written.unlink()
    log.info("after")
    assert "after" in written.read_text(encoding="utf-8")
    assert stat.S_IMODE(written.stat().st_mode) == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_FSIZE is POSIX")
def test_given_a_full_disk_when_something_is_logged_then_the_program_goes_on_and_the_screen_stays_clean(tmp_path: Path) -> None:
    script = (
        "import logging, resource, sys; from pathlib import Path; from desktop.engine.logs import Redactor, log_to\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "with log_to(Path(sys.argv[1]), Redactor()):\n"
        "  for n in range(20): logging.getLogger('x').info('entry %d', n)\n"
        "print('went on')"
    )
    said = subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert said.stdout == "went on\n"
    assert "Traceback" not in said.stderr


def test_given_an_error_that_nobody_catches_when_the_program_ends_then_the_log_has_it_and_the_screen_a_sentence(tmp_path: Path) -> None:
    script = (
        "import sys, threading; from pathlib import Path; from desktop.engine.logs import Redactor, log_to\n"
        "from desktop.community.ports import Secret\n"
        "redactor = Redactor(); redactor.add(Secret(sys.stdin.read()))\n"
        "log = log_to(Path(sys.argv[1]), redactor); log.__enter__()\n"
        "def fail(): raise ValueError('with ' + next(iter(redactor._texts)))\n"
        "thread = threading.Thread(target=fail, name='bell'); thread.start(); thread.join()\n"
        "class Falls:\n  def __del__(self): fail()\n"
        "Falls()\n"
        "fail()"
    )
    said = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, input="canary-secret", capture_output=True, text=True, timeout=60, check=False
    )
    text = (tmp_path / "belfry.log").read_text(encoding="utf-8")
    assert said.returncode == 1
    assert said.stderr == "Something went wrong inside Belfry. Nothing that was saved is lost. The log file says more.\n"
    assert text.count("ValueError: with " + HIDDEN) == 3
    assert "thread bell" in text
    assert "canary-secret" not in text
