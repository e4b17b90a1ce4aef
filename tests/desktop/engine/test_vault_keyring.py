"""The keyring vault against a real Secret Service, and against the keyrings it must refuse (figure X2)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from keyring.backends.SecretService import Keyring as SecretService
from keyring.core import load_keyring
from keyrings.alt.multi import MultipartKeyringWrapper  # type: ignore[import-untyped]  # it ships no types

from desktop.community.ports import VaultError
from desktop.engine.vault.keyring import try_canary, usable
from helpers.keyring_session import ROOT, KeyringSession, keyring_session

SECRET = "s3cr3t ünder the bell 🔔"

OPEN = """
import os, sys
from pathlib import Path
from desktop.community.ports import Secret, VaultError
from desktop.engine.vault.keyring import KeyringVault
from helpers.keyring_session import pause_keyring
SECRET = os.environ["SECRET"]
"""


@pytest.fixture
def session(tmp_path: Path) -> KeyringSession:
    return keyring_session(tmp_path)


@pytest.mark.keyring
def test_given_an_unlocked_keyring_when_a_secret_is_set_then_another_run_gets_it_and_can_delete_it(session: KeyringSession) -> None:
    kept = session.run(
        OPEN + "v = KeyringVault(); v.set('connection/1/token', Secret(SECRET)); assert v.get('connection/1/token').reveal() == SECRET",
        SECRET=SECRET,
    )
    assert kept.returncode == 0, kept.stderr

    again = session.run(
        OPEN + "v = KeyringVault(); assert v.get('connection/1/token').reveal() == SECRET; assert v.get('other') is None\n"
        "v.delete('connection/1/token'); v.delete('connection/1/token'); assert v.get('connection/1/token') is None",
        SECRET=SECRET,
    )
    assert again.returncode == 0, again.stderr


@pytest.mark.keyring
def test_given_a_plaintext_keyring_beside_the_real_one_when_a_secret_is_set_then_none_of_it_is_on_the_disk_in_clear(
    session: KeyringSession,
) -> None:
    kept = session.run(
        OPEN + "import keyring; assert 'Plaintext' in repr(keyring.get_keyring().backends), 'the chain this test is about'\n"
        "KeyringVault().set('a', Secret(SECRET))",
        SECRET=SECRET,
    )
    assert kept.returncode == 0, kept.stderr
    found = [path for path in session.home.rglob("*") if path.is_file()]
    assert any(path.suffix == ".keyring" for path in found)
    assert not [path for path in found if SECRET.encode() in path.read_bytes() or "python_keyring" in str(path)]


@pytest.mark.keyring
def test_given_a_keyring_when_it_was_used_then_the_canary_is_gone(session: KeyringSession) -> None:
    left = session.run(
        OPEN + "import secretstorage\nKeyringVault().set('a', Secret(SECRET))\n"
        "bus = secretstorage.dbus_init()\n"
        "print([item.get_attributes()['username'] for item in secretstorage.get_default_collection(bus).get_all_items()])",
        SECRET=SECRET,
    )
    assert left.stdout.strip() == "['a']", left.stderr


@pytest.mark.keyring
def test_given_a_locked_keyring_that_nobody_unlocks_when_it_is_used_then_a_sentence_says_so_and_the_plaintext_one_is_not_taken_instead(
    session: KeyringSession,
) -> None:
    session.run(OPEN + "KeyringVault().set('a', Secret(SECRET))", SECRET=SECRET)

    said = session.run_without(OPEN + "try:\n  KeyringVault().set('b', Secret(SECRET))\nexcept VaultError as error: print(error)", SECRET=SECRET)

    assert "is locked" in said.stdout
    assert "a file that a passphrase locks" in said.stdout
    assert "for this run only" in said.stdout
    assert not [path for path in session.home.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]


@pytest.mark.keyring
def test_given_a_keyring_that_hangs_when_it_is_used_then_a_sentence_comes_in_time_and_it_works_when_it_wakes(session: KeyringSession) -> None:
    said = session.run(
        OPEN + "KeyringVault().set('a', Secret(SECRET)); v = KeyringVault(seconds=0.5)\n"
        "with pause_keyring():\n"
        "  for call in (lambda: v.get('a'), lambda: v.set('a', Secret('late')), lambda: v.delete('a')):\n"
        "    try: call(); print('it answered')\n"
        "    except VaultError as error: print(error)\n"
        "print(KeyringVault().get('a') == Secret(SECRET))",
        SECRET=SECRET,
    )
    *sentences, woken = said.stdout.splitlines()
    assert len(sentences) == 3, said.stderr
    assert all("did not answer" in sentence for sentence in sentences)
    # The first call hung; the two behind it had not begun when their time was over, and were never made.
    assert woken == "True"


@pytest.mark.keyring
def test_given_a_keyring_that_hangs_when_the_program_ends_then_it_ends(session: KeyringSession) -> None:
    ended = session.run(
        OPEN + "KeyringVault().set('a', Secret(SECRET)); v = KeyringVault(seconds=0.3)\n"
        "held = pause_keyring(); held.__enter__()\n"
        "try: v.get('a')\nexcept VaultError: print('ends', flush=True)",
        SECRET=SECRET,
    )
    assert ended.returncode == 0
    assert ended.stdout == "ends\n"


@pytest.mark.parametrize(
    ("backend", "words"),
    [
        ("keyring.backends.null.Keyring", "is switched off"),
        ("keyring.backends.fail.Keyring", "no keyring was found"),
        ("keyrings.alt.file.PlaintextKeyring", "unencrypted"),
        ("keyring.backends.nonsense.Keyring", "could not do it"),
    ],
)
def test_given_a_keyring_that_is_not_safe_when_a_secret_is_set_then_it_is_refused_in_words_and_nothing_is_kept(
    backend: str, words: str, tmp_path: Path
) -> None:
    said = _with_backend(tmp_path, backend)
    assert said.stderr == ""
    assert words in said.stdout
    assert "a file that a passphrase locks" in said.stdout
    assert "for this run only" in said.stdout
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_given_no_keyring_at_all_when_a_secret_is_set_then_the_plaintext_one_that_the_library_would_take_is_refused(tmp_path: Path) -> None:
    said = _with_backend(tmp_path, None)
    assert "unencrypted" in said.stdout, said.stderr
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_given_single_backends_when_judged_then_only_the_system_s_own_are_usable() -> None:
    service = SecretService()  # type: ignore[no-untyped-call]
    assert usable(service) is service
    unsafe = [load_keyring(name) for name in ("keyring.backends.null.Keyring", "keyring.backends.fail.Keyring", "keyrings.alt.file.PlaintextKeyring")]
    for backend in (*unsafe, MultipartKeyringWrapper(unsafe[-1])):
        with pytest.raises(VaultError):
            usable(backend)


def test_given_a_keyring_that_takes_secrets_and_forgets_them_when_the_canary_is_sent_then_it_is_refused() -> None:
    with pytest.raises(VaultError, match="does not keep what it is given"):
        try_canary(load_keyring("keyring.backends.null.Keyring"), "Belfry")


@pytest.mark.parametrize("backend", ["keyring.backends.null.Keyring", "keyring.backends.fail.Keyring", None])
def test_given_no_keyring_that_may_be_used_when_it_is_looked_for_then_that_is_said_and_nothing_kept(tmp_path: Path, backend: str | None) -> None:
    said = _with_backend(tmp_path, backend, "KeyringVault().look()")
    assert "This computer has no safe place" in said.stdout, said.stderr
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def _with_backend(home: Path, backend: str | None, does: str = "KeyringVault().set('a', Secret(SECRET))") -> "subprocess.CompletedProcess[str]":
    environ = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests"))), "SECRET": SECRET}
    if backend is not None:
        environ["PYTHON_KEYRING_BACKEND"] = backend
    script = OPEN + f"try:\n  {does}\nexcept VaultError as error: print(error)"
    return subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, text=True, timeout=60, check=False)
