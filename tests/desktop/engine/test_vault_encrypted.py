"""The passphrase-locked file: round trips, wrong passphrases, damage, two programs at once, a full disk, a kill in the middle."""

import hashlib
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import unicodedata
from collections.abc import Callable
from functools import partial
from pathlib import Path

import filelock
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.community.ports import Secret, VaultError
from desktop.engine.vault.encrypted import Asking, Cost, EncryptedVault
from helpers.keyring_session import ROOT

CHEAP = Cost(iterations=1, lanes=1, memory=8)
PASSPHRASE = "seven bells for the café"
SECRET = "123456789:AAE-canary-canary-canary-canary-canary"

SCRIPT = f"""
import sys
from pathlib import Path
from desktop.community.ports import Secret, VaultError
from desktop.engine.vault.encrypted import Cost, EncryptedVault
vault = EncryptedVault(Path(sys.argv[1]), ask=lambda asking: Secret({PASSPHRASE!r}), cost=Cost(1, 1, 8))
"""


def says(passphrase: str) -> Callable[[Asking], Secret]:
    return lambda asking: Secret(passphrase)


def vault_at(path: Path, passphrase: str = PASSPHRASE) -> EncryptedVault:
    return EncryptedVault(path, ask=says(passphrase), cost=CHEAP, lock_seconds=5)


def attempts(vault: EncryptedVault) -> tuple[Callable[[], object], ...]:
    return partial(vault.get, "a"), partial(vault.set, "a", Secret("x")), partial(vault.delete, "a")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "secrets.vault"


def test_given_secrets_when_another_run_opens_the_file_then_they_are_there_and_go_when_deleted(path: Path) -> None:
    first = vault_at(path)
    first.set("connection/1/token", Secret(SECRET))
    first.set("connection/2/token", Secret("other"))
    first.set("connection/2/token", Secret("newer"))

    second = vault_at(path)
    assert second.get("connection/1/token") == Secret(SECRET)
    assert second.get("connection/2/token") == Secret("newer")
    assert second.get("connection/3/token") is None
    second.delete("connection/1/token")
    second.delete("connection/1/token")

    assert first.get("connection/1/token") is None
    assert first.get("connection/2/token") == Secret("newer")


def test_given_the_cost_of_everyday_when_a_secret_is_set_then_it_comes_back(path: Path) -> None:
    EncryptedVault(path, ask=says(PASSPHRASE)).set("a", Secret(SECRET))
    assert EncryptedVault(path, ask=says(PASSPHRASE)).get("a") == Secret(SECRET)


@settings(max_examples=50)
@given(st.dictionaries(st.text(min_size=1, max_size=40), st.text(max_size=200), max_size=5), st.text(min_size=1, max_size=30))
def test_given_any_secrets_and_any_passphrase_when_kept_then_they_come_back_and_stand_nowhere_in_clear(kept: dict[str, str], passphrase: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "secrets.vault"
        for ref, text in kept.items():
            vault_at(path, passphrase).set(ref, Secret(text))
        reopened = vault_at(path, passphrase)
        assert {ref: secret.reveal() for ref in kept if (secret := reopened.get(ref))} == {ref: text for ref, text in kept.items() if text}
        on_disk = path.read_bytes() if path.exists() else b""
        assert not [text for text in kept.values() if len(text) > 8 and text.encode() in on_disk]


def test_given_no_file_when_read_then_nobody_is_asked_and_nothing_is_made(path: Path) -> None:
    def nobody(asking: Asking) -> Secret:
        raise AssertionError("asked")

    vault = EncryptedVault(path, ask=nobody)
    assert vault.get("a") is None
    vault.delete("a")
    assert not path.parent.exists()


def test_given_a_person_when_the_passphrase_is_needed_then_they_are_asked_once_and_told_whether_it_is_a_new_one(path: Path) -> None:
    asked: list[Asking] = []

    def ask(asking: Asking) -> Secret:
        asked.append(asking)
        return Secret(PASSPHRASE)

    vault = EncryptedVault(path, ask=ask, cost=CHEAP)
    vault.set("a", Secret("1"))
    vault.set("b", Secret("2"))
    vault.get("a")
    assert asked == [Asking.NEW]
    again = EncryptedVault(path, ask=ask, cost=CHEAP)
    again.get("a")
    again.get("b")
    assert asked == [Asking.NEW, Asking.EXISTING]


def test_given_a_wrong_passphrase_when_used_then_a_sentence_says_so_nothing_changes_and_the_right_one_works_next(path: Path) -> None:
    vault_at(path).set("a", Secret(SECRET))
    before = path.read_bytes()
    answers = iter(["wrong", "still wrong", "wrong again", PASSPHRASE])
    vault = EncryptedVault(path, ask=lambda asking: Secret(next(answers)), cost=CHEAP)
    for attempt in attempts(vault):
        with pytest.raises(VaultError, match="not the passphrase"):
            attempt()
    assert path.read_bytes() == before
    assert vault.get("a") == Secret(SECRET)


def test_given_an_empty_passphrase_when_the_file_would_be_made_then_it_is_refused(path: Path) -> None:
    with pytest.raises(VaultError, match="passphrase is empty"):
        vault_at(path, "").set("a", Secret(SECRET))
    assert not path.exists()


def test_given_the_same_words_typed_on_another_system_when_opened_then_it_opens(path: Path) -> None:
    vault_at(path, unicodedata.normalize("NFD", PASSPHRASE)).set("a", Secret(SECRET))
    assert vault_at(path, unicodedata.normalize("NFC", PASSPHRASE)).get("a") == Secret(SECRET)


@settings(max_examples=150)
@given(st.data())
def test_given_any_damage_when_read_or_written_then_a_sentence_says_so_and_the_file_is_left_as_it_is(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "secrets.vault"
        vault_at(path).set("a", Secret(SECRET))
        whole = path.read_bytes()
        cut = data.draw(st.integers(0, len(whole) - 1), label="cut at")
        broken = data.draw(
            st.sampled_from(
                [whole[:cut], whole[:cut] + bytes([whole[cut] ^ 1]) + whole[cut + 1 :], whole[:cut] + b"\0" * (len(whole) - cut), whole + whole[:cut]]
            ),
            label="broken",
        )
        path.write_bytes(broken)
        if broken == whole:
            return
        for attempt in attempts(vault_at(path)):
            with pytest.raises(VaultError, match="is damaged"):
                attempt()
        assert path.read_bytes() == broken


def rewritten(path: Path, old: bytes, new: bytes) -> None:
    """Change the file as somebody would who knows its format."""
    first, _, body = path.read_bytes().replace(old, new).partition(b"\n")
    magic = first.rpartition(b" ")[0]
    path.write_bytes(magic + b" " + hashlib.sha256(magic + b"\n" + body).hexdigest().encode() + b"\n" + body)


def test_given_a_header_that_would_eat_all_memory_when_read_then_it_is_refused_before_any_is_taken(path: Path) -> None:
    vault_at(path).set("a", Secret(SECRET))
    rewritten(path, b'"memory": 8', b'"memory": 8000000000')
    with pytest.raises(VaultError, match="is damaged"):
        vault_at(path).get("a")


def test_given_a_header_made_weaker_when_read_then_the_box_does_not_open(path: Path) -> None:
    vault_at(path).set("a", Secret(SECRET))
    rewritten(path, b'"memory": 8', b'"memory": 9')
    with pytest.raises(VaultError, match="not the passphrase"):
        vault_at(path).get("a")


def test_given_a_file_of_a_newer_belfry_when_read_then_a_sentence_says_so(path: Path) -> None:
    vault_at(path).set("a", Secret(SECRET))
    rewritten(path, b"belfry-vault 1", b"belfry-vault 2")
    with pytest.raises(VaultError, match="newer Belfry"):
        vault_at(path).get("a")


def test_given_a_vault_when_made_then_files_are_0600_and_the_folder_0700_and_a_wider_file_is_narrowed(path: Path) -> None:
    vault_at(path).set("a", Secret(SECRET))
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}
    path.chmod(0o644)
    vault_at(path).get("a")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_given_many_threads_and_two_vaults_when_all_set_secrets_then_none_is_lost(path: Path) -> None:
    vaults = vault_at(path), vault_at(path)
    vaults[0].set("first", Secret("0"))
    threads = [threading.Thread(target=vaults[n % 2].set, args=(f"ref/{n}", Secret(str(n)))) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [vault_at(path).get(f"ref/{n}") for n in range(16)] == [Secret(str(n)) for n in range(16)]


def test_given_two_programs_when_both_set_secrets_then_none_is_lost(path: Path) -> None:
    script = SCRIPT + "for n in range(25): vault.set(f'{sys.argv[2]}/{n}', Secret(str(n)))"
    programs = [subprocess.Popen([sys.executable, "-c", script, str(path), name], cwd=ROOT) for name in ("window", "sender")]
    assert [program.wait(60) for program in programs] == [0, 0]
    vault = vault_at(path)
    assert all(vault.get(f"{name}/{n}") == Secret(str(n)) for name in ("window", "sender") for n in range(25))


def test_given_another_program_that_holds_the_file_when_used_then_a_sentence_comes_in_time(path: Path) -> None:
    vault_at(path).set("a", Secret(SECRET))
    with filelock.FileLock(f"{path}.lock"), pytest.raises(VaultError, match="Another program"):
        EncryptedVault(path, ask=says(PASSPHRASE), cost=CHEAP, lock_seconds=0.05).set("a", Secret("x"))
    assert vault_at(path).get("a") == Secret(SECRET)


@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_FSIZE is POSIX")
def test_given_a_full_disk_when_a_secret_is_set_then_a_sentence_says_so_and_what_was_kept_is_still_there(path: Path) -> None:
    vault_at(path).set("a", Secret(SECRET))
    script = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"
        + SCRIPT
        + "try: vault.set('b', Secret('x' * 5000))\nexcept VaultError as error: print(error)"
    )
    said = subprocess.run([sys.executable, "-c", script, str(path)], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert "could not be used" in said.stdout
    assert "still there" in said.stdout
    assert vault_at(path).get("a") == Secret(SECRET)
    assert {file.name for file in path.parent.iterdir()} == {"secrets.vault", "secrets.vault.lock"}


@pytest.mark.parametrize("generation", [1, 2, 5, 9, 14, 20])
def test_given_a_program_killed_while_it_writes_when_opened_again_then_old_or_new_secrets_are_there_whole(path: Path, generation: int) -> None:
    script = SCRIPT + "for n in range(100000):\n  vault.set('a', Secret(f'{n} ' + 'x' * 200000)); print(n, flush=True)"
    program = subprocess.Popen([sys.executable, "-c", script, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    said = [program.stdout.readline() for _ in range(generation)]
    program.send_signal(signal.SIGKILL)
    said += program.stdout.readlines()
    program.wait(60)
    program.stdout.close()
    committed = int(said[-1])

    found = vault_at(path).get("a")
    assert found is not None
    assert int(found.reveal().split()[0]) in (committed, committed + 1)
    assert len(found.reveal().split()[1]) == 200000
    vault_at(path).set("a", Secret("after"))
    assert {file.name for file in path.parent.iterdir()} == {"secrets.vault", "secrets.vault.lock"}
