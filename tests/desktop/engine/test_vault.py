"""Choosing a vault, secrets for one run, and that no secret shows where it should not (figure X1)."""

import copy
import json
import pickle
import subprocess
import sys
import traceback
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.community.ports import Secret, Vault, VaultError
from desktop.engine.vault import Asking, VaultKind, open_vault, passphrase_from, vault_kind
from desktop.engine.vault.environment import EnvironmentVault, variable
from desktop.engine.vault.keyring import KeyringVault
from desktop.engine.vault.worker import Worker
from helpers.keyring_session import ROOT

CANARY = "canary-8f1c2e77-sings"


def opened(kind: VaultKind, folder: Path, heard: list[Secret], **environ: str) -> Vault:
    def ask(asking: Asking) -> Secret:
        raise AssertionError("nobody is there to be asked")

    return open_vault(kind, folder=folder, ask=passphrase_from(environ, ask), environ=environ, heard=heard.append)


def test_given_a_variable_when_the_vault_is_of_one_run_then_it_is_found_and_the_log_hears_of_it(tmp_path: Path) -> None:
    heard: list[Secret] = []
    vault = opened(VaultKind.RUN, tmp_path, heard, BELFRY_SECRET_CONNECTION_0192_AB_TOKEN=CANARY)
    assert vault.get("connection/0192-ab/token") == Secret(CANARY)
    assert vault.get("connection/0192-ab/other") is None
    assert heard == [Secret(CANARY)]
    assert not list(tmp_path.iterdir())


def test_given_a_secret_typed_in_when_the_vault_is_of_one_run_then_it_comes_before_the_variable_and_nothing_else_changes() -> None:
    environ = {"BELFRY_SECRET_A": "old"}
    vault = EnvironmentVault(environ)
    vault.set("a", Secret("new"))
    assert vault.get("a") == Secret("new")
    vault.delete("a")
    assert vault.get("a") is None
    assert environ == {"BELFRY_SECRET_A": "old"}


def test_given_a_passphrase_in_the_environment_when_the_file_is_used_then_nobody_is_asked_and_the_log_hears_what_is_kept(tmp_path: Path) -> None:
    heard: list[Secret] = []
    opened(VaultKind.FILE, tmp_path, heard, BELFRY_PASSPHRASE="seven bells").set("a", Secret(CANARY))
    assert set(heard) == {Secret(CANARY), Secret("seven bells")}
    assert opened(VaultKind.FILE, tmp_path, [], BELFRY_PASSPHRASE="seven bells").get("a") == Secret(CANARY)
    with pytest.raises(VaultError, match="not the passphrase"):
        opened(VaultKind.FILE, tmp_path, [], BELFRY_PASSPHRASE="eight bells").get("a")


def test_given_the_name_of_a_vault_when_there_is_none_such_then_the_sentence_names_those_there_are() -> None:
    assert [vault_kind(name) for name in ("keyring", "file", "run")] == list(VaultKind)
    with pytest.raises(VaultError, match="keyring, file, run"):
        vault_kind("plaintext")


def test_given_a_vault_when_it_is_only_opened_then_nothing_heavy_is_imported() -> None:
    script = (
        "import sys, pathlib; from desktop.engine.vault import *\n"
        "for kind in VaultKind: open_vault(kind, folder=pathlib.Path('nowhere'), ask=None, environ={}, heard=None)\n"
        "print(sorted({'keyring', 'cryptography', 'secretstorage'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert said.stdout.strip() == "[]"


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789/:.-_", min_size=1))
def test_given_any_reference_when_a_variable_is_named_for_it_then_a_shell_can_set_it(ref: str) -> None:
    name = variable(ref)
    assert name.isidentifier()
    assert name.isascii()
    assert name == name.upper()


def test_given_a_secret_when_it_is_shown_in_any_way_then_it_is_not_there() -> None:
    secret = Secret(CANARY)
    shown = [repr(secret), str(secret), f"{secret}", f"{secret!r:>30}", "%s %r" % (secret, secret), repr([secret]), repr({"a": secret})]  # noqa: UP031
    assert not [text for text in shown if CANARY in text]
    assert CANARY not in repr(vars(type(secret)))
    for leak in (pickle.dumps, copy.copy, copy.deepcopy, json.dumps):
        with pytest.raises(TypeError):
            leak(secret)
    assert secret.reveal() == CANARY
    assert secret == Secret(CANARY)
    assert secret != Secret("other")
    assert secret != CANARY
    assert not Secret("")


@pytest.mark.parametrize("kind", list(VaultKind))
def test_given_any_vault_when_it_fails_then_neither_repr_nor_error_nor_traceback_shows_the_secret(
    kind: VaultKind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    (tmp_path / "secrets.vault").write_text("damaged")
    vault = opened(kind, tmp_path, [], BELFRY_PASSPHRASE=CANARY)
    shown = repr(vault) + repr(vars(vault))
    try:
        vault.set("a", Secret(CANARY))
        shown += repr(vault.get("a"))
    except VaultError as error:
        shown += repr(error) + str(error) + repr(error.reason) + error.reason.to_json() + "".join(traceback.format_exception(error))
    assert CANARY not in shown


def test_given_a_worker_when_calls_come_from_many_threads_then_they_are_made_one_after_the_other() -> None:
    import threading

    worker, inside, most = Worker("test"), [0], [0]

    def work() -> int:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        inside[0] -= 1
        return threading.get_ident()

    made_on: list[int] = []
    threads = [threading.Thread(target=lambda: made_on.append(worker.call(work, 10))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]
    assert len(made_on) == 20
    assert len(set(made_on)) == 1


def test_given_a_worker_that_is_busy_when_a_call_s_time_is_over_then_it_is_never_made() -> None:
    import threading

    worker, release, done = Worker("test"), threading.Event(), []
    with pytest.raises(TimeoutError):
        worker.call(release.wait, 0.05)
    with pytest.raises(TimeoutError):
        worker.call(lambda: done.append("late"), 0.05)
    release.set()
    worker.call(lambda: done.append("next"), 10)
    assert done == ["next"]


def test_given_work_that_fails_when_called_then_the_caller_gets_its_error_and_the_worker_goes_on() -> None:
    worker = Worker("test")
    with pytest.raises(ZeroDivisionError):
        worker.call(lambda: 1 // 0, 10)
    assert worker.call(lambda: 7, 10) == 7


def test_given_a_keyring_vault_when_made_then_it_starts_no_thread_and_touches_no_keyring() -> None:
    import threading

    before = threading.active_count()
    KeyringVault()
    assert threading.active_count() == before
