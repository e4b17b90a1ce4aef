"""The safe of the window: unlocked once, moved from one place to the other without losing a secret; and a sender that waits for the passphrase."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.actions import deliveries
from desktop.actions.deliveries import Answer
from desktop.community.deliveries import State
from desktop.community.ports import Locked, Moved, NoKeyring, Secret, Vault, VaultError, VaultKind
from desktop.engine.news import ConnectionPaused, Halted, Resumed
from desktop.engine.sender import Until
from desktop.engine.vault import FILE_NAME, Asking, OverheardVault
from desktop.engine.vault.encrypted import Cost, EncryptedVault
from desktop.engine.vault.environment import EnvironmentVault
from desktop.engine.vault.safe import RunSafe
from desktop.store import connections, ledger
from desktop.store.database import Store
from desktop.store.journal import operation
from helpers.clock import MovedClock
from helpers.community import add_channels, announce, new_community, only
from helpers.keyring_session import keyring_session
from helpers.scripted import Bench
from resources.translations import phrase

BELLS, FORKS = Secret("seven bells in a row"), Secret("nine forks")
NONE = Secret("")


class Ring:
    """A keyring at the edge: keeps in memory, or fails as a test says."""

    def __init__(self) -> None:
        self.kept: dict[str, Secret] = {}
        self.trouble: VaultError | None = None
        self.undeletable: set[str] = set()
        self.forgets = False

    def get(self, ref: str) -> Secret | None:
        self._work()
        return self.kept.get(ref)

    def set(self, ref: str, secret: Secret) -> None:
        self._work()
        if not self.forgets:
            self.kept[ref] = secret

    def delete(self, ref: str) -> None:
        self._work()
        if ref in self.undeletable:
            raise VaultError(phrase("It does not go."))
        self.kept.pop(ref, None)

    def _work(self) -> None:
        if self.trouble:
            raise self.trouble


class Place:
    """A data folder with a keyring beside it, and the safes of its starts."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / FILE_NAME
        self.ring = Ring()
        self.kind = VaultKind.KEYRING
        self.full = False

    def start(self, given: Secret = NONE) -> RunSafe:
        return RunSafe(self.kind, open=self._open, file=self.file, keep=self._keep, given=given)

    def _open(self, kind: VaultKind, ask: Callable[[Asking], Secret]) -> OverheardVault:
        inside: Vault = self.ring
        if kind is VaultKind.FILE:
            inside = EncryptedVault(self.file, ask=ask, cost=Cost(1, 1, 8))
        elif kind is VaultKind.RUN:
            inside = EnvironmentVault({})
        return OverheardVault(inside, lambda _secret: None)

    def _keep(self, kind: VaultKind) -> None:
        if self.full:
            raise OSError(28, "No space left on device")
        if kind is not VaultKind.RUN:
            self.kind = kind


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def with_two(place: Place) -> RunSafe:
    safe = place.start()
    safe.set("a", Secret("A"))
    safe.set("b", Secret("B"))
    return safe


def test_given_secrets_in_the_keyring_when_moved_to_a_file_then_they_are_there_and_gone_from_the_keyring(place: Place) -> None:
    safe = with_two(place)
    assert safe.move(VaultKind.FILE, ["a", "b", "never-was"], BELLS) == Moved(2)
    assert place.ring.kept == {}
    assert (safe.kind, safe.locked, safe.get("a")) == (VaultKind.FILE, False, Secret("A"))
    again = place.start()
    assert (again.kind, again.locked) == (VaultKind.FILE, True)
    with pytest.raises(Locked):
        again.get("a")
    again.unlock(BELLS)
    assert (again.locked, again.get("b")) == (False, Secret("B"))


def test_given_a_wrong_passphrase_when_unlocked_then_it_stays_locked_and_can_be_tried_again(place: Place) -> None:
    with_two(place).move(VaultKind.FILE, ["a", "b"], BELLS)
    safe = place.start()
    with pytest.raises(Locked, match="not the passphrase"):
        safe.unlock(FORKS)
    assert safe.locked
    safe.unlock(BELLS)
    assert safe.get("a") == Secret("A")


def test_given_a_wrong_passphrase_from_the_surroundings_when_a_secret_is_needed_then_a_person_is_asked(place: Place) -> None:
    with_two(place).move(VaultKind.FILE, ["a", "b"], BELLS)
    safe = place.start(FORKS)
    assert not safe.locked
    with pytest.raises(Locked):
        safe.get("a")
    assert safe.locked
    assert place.start(BELLS).get("a") == Secret("A")


def test_given_a_file_when_moved_to_the_keyring_then_also_what_another_community_kept_comes_along_and_the_file_is_gone(place: Place) -> None:
    safe = with_two(place)
    safe.move(VaultKind.FILE, ["a", "b"], BELLS)
    assert safe.move(VaultKind.KEYRING, ["a"], NONE) == Moved(2)
    assert set(place.ring.kept) == {"a", "b"}
    assert not place.file.exists()
    assert not safe.begun
    safe.move(VaultKind.FILE, ["a", "b"], FORKS)  # the next file has a passphrase of its own
    assert safe.get("b") == Secret("B")


def test_given_no_secret_at_all_when_a_file_is_chosen_then_it_is_there_and_has_the_passphrase(place: Place) -> None:
    assert place.start().move(VaultKind.FILE, [], BELLS) == Moved(0)
    safe = place.start()
    assert safe.locked
    with pytest.raises(Locked):
        safe.unlock(FORKS)


def test_given_a_file_from_before_when_it_is_chosen_with_another_passphrase_then_nothing_is_changed(place: Place) -> None:
    with_two(place).move(VaultKind.FILE, ["a"], BELLS)
    place.kind = VaultKind.KEYRING
    safe = place.start()
    before = place.file.read_bytes()
    with pytest.raises(Locked):
        safe.move(VaultKind.FILE, ["b"], FORKS)
    assert (safe.kind, place.kind, place.file.read_bytes()) == (VaultKind.KEYRING, VaultKind.KEYRING, before)
    assert place.ring.kept == {"b": Secret("B")}


def test_given_a_keyring_that_forgets_when_secrets_are_moved_there_then_they_stay_in_the_file(place: Place) -> None:
    safe = with_two(place)
    safe.move(VaultKind.FILE, ["a", "b"], BELLS)
    place.ring.forgets = True
    with pytest.raises(VaultError, match="did not come back"):
        safe.move(VaultKind.KEYRING, ["a", "b"], NONE)
    assert (safe.kind, place.kind, safe.get("a")) == (VaultKind.FILE, VaultKind.FILE, Secret("A"))


def test_given_a_disk_that_is_full_when_the_choice_is_noted_then_everything_stays_where_it_was(place: Place) -> None:
    safe = with_two(place)
    place.full = True
    with pytest.raises(VaultError, match="No space left"):
        safe.move(VaultKind.FILE, ["a", "b"], BELLS)
    assert set(place.ring.kept) == {"a", "b"}
    assert not place.file.exists()
    assert safe.get("a") == Secret("A")


def test_given_copies_for_a_run_when_they_can_not_be_moved_back_then_the_keyring_still_has_what_it_had(place: Place) -> None:
    safe = with_two(place)
    before = dict(place.ring.kept)
    safe.move(VaultKind.RUN, before, NONE)
    place.full = True
    with pytest.raises(VaultError):
        safe.move(VaultKind.KEYRING, before, NONE)
    assert place.ring.kept == before


def test_given_a_locked_keyring_when_secrets_are_to_leave_it_then_nothing_is_changed(place: Place) -> None:
    safe = with_two(place)
    place.ring.trouble = VaultError(phrase("It is locked."))
    with pytest.raises(VaultError, match="locked"):
        safe.move(VaultKind.FILE, ["a", "b"], BELLS)
    assert not place.file.exists()
    assert safe.kind is VaultKind.KEYRING


def test_given_no_keyring_at_all_when_a_file_is_chosen_then_it_is_used_from_now_on(place: Place) -> None:
    place.ring.trouble = NoKeyring(phrase("There is none."))
    safe = place.start()
    with pytest.raises(NoKeyring):
        safe.try_out()
    assert safe.move(VaultKind.FILE, ["a"], BELLS) == Moved(0)
    safe.set("a", Secret("A"))
    safe.try_out()
    assert safe.get("a") == Secret("A")


def test_given_secrets_when_they_are_for_this_run_only_then_copies_are_used_and_nothing_is_deleted_or_remembered(place: Place) -> None:
    safe = with_two(place)
    assert safe.move(VaultKind.RUN, ["a", "b"], NONE) == Moved(2)
    safe.set("c", Secret("C"))
    assert (safe.get("a"), safe.get("c")) == (Secret("A"), Secret("C"))
    assert set(place.ring.kept) == {"a", "b"}
    assert place.start().get("c") is None
    assert safe.move(VaultKind.FILE, [], BELLS) == Moved(3)  # what was given in this run is known


def test_given_a_secret_that_does_not_go_when_moved_then_it_is_counted(place: Place) -> None:
    safe = with_two(place)
    place.ring.undeletable.add("a")
    assert safe.move(VaultKind.FILE, ["a", "b"], BELLS) == Moved(2, left=1)
    assert (set(place.ring.kept) - {"a"}, safe.get("a")) == (set(), Secret("A"))


def test_given_the_place_where_they_are_when_it_is_chosen_again_then_nothing_happens(place: Place) -> None:
    safe = with_two(place)
    assert safe.move(VaultKind.KEYRING, ["a", "b"], NONE) == Moved(0)
    assert set(place.ring.kept) == {"a", "b"}


@pytest.mark.keyring
def test_given_a_real_keyring_when_secrets_move_to_a_file_and_back_then_they_are_where_they_should_be(tmp_path: Path) -> None:
    ran = keyring_session(tmp_path / "home").run(
        """
import sys
from pathlib import Path
from desktop.app import program
from desktop.community.ports import Secret, VaultKind
from desktop.engine.vault.keyring import KeyringVault
data = Path(sys.argv[1])
safe = program(environ={"BELFRY_DATA": str(data)}).safe()
safe.set("a", Secret("A"))
assert safe.move(VaultKind.FILE, ["a"], Secret("seven bells")).moved == 1
assert KeyringVault().get("a") is None and (data / "secrets.vault").exists()
again = program(environ={"BELFRY_DATA": str(data)}).safe()
assert again.locked
again.unlock(Secret("seven bells"))
assert again.get("a") == Secret("A")
assert again.move(VaultKind.KEYRING, ["a"], Secret("")).moved == 1
assert KeyringVault().get("a") == Secret("A") and not (data / "secrets.vault").exists()
assert b"seven bells" not in b"".join(one.read_bytes() for one in data.rglob("*") if one.is_file())
""",
        str(tmp_path / "data"),
    )
    assert ran.returncode == 0, ran.stderr


# The sender


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def store(tmp_path: Path, clock: MovedClock) -> Iterator[Store]:
    with new_community(tmp_path / "c.belfry", clock) as store:
        yield store


@pytest.fixture
def bench(tmp_path: Path, store: Store, clock: MovedClock) -> Iterator[Bench]:
    bench = Bench(tmp_path, store, clock)
    yield bench
    bench.close()


def test_given_locked_secrets_when_something_is_due_then_it_waits_is_told_once_and_leaves_when_they_are_unlocked(
    bench: Bench, store: Store, place: Place
) -> None:
    announce(store, *add_channels(store, "Choir"))
    [record] = connections.connections(store)
    with operation(store, phrase("Renewed")) as op:
        connections.put_connection(op, replace(record, secrets={"token": "a"}))
    with_two(place).move(VaultKind.FILE, ["a", "b"], BELLS)
    safe = place.start()
    bench.vault = safe
    sender = bench.sender()

    def woken() -> None:
        assert only(store).state is State.QUEUED
        assert bench.service.received == []
        sender.wake()

    def unlocked() -> None:
        assert only(store).state is State.QUEUED
        safe.unlock(BELLS)
        sender.wake()

    async def story() -> None:
        for seconds, happens in ((60, woken), (120, unlocked), (180, sender.stop)):
            bench.loop.call_later(seconds, happens)
        await sender.run(Until.STOPPED)

    bench.run(story())
    assert [text for _, _, text, _ in bench.service.received] == ["Hello"]
    assert len([one for one in bench.news if isinstance(one, Halted)]) == 1
    assert not [one for one in bench.news if isinstance(one, ConnectionPaused)]
    assert list(ledger.paused(store.conn)) == []


@pytest.mark.parametrize("settled", [False, True])
def test_given_locked_secrets_when_they_are_unlocked_then_that_is_told_at_once_also_where_nothing_is_due_any_more(
    bench: Bench, store: Store, place: Place, settled: bool
) -> None:
    [channel] = add_channels(store, "Choir")
    announce(store, channel)
    [record] = connections.connections(store)
    with operation(store, phrase("Renewed")) as op:
        connections.put_connection(op, replace(record, secrets={"token": "a"}))
    with_two(place).move(VaultKind.FILE, ["a", "b"], BELLS)
    safe = place.start()
    bench.vault = safe
    sender = bench.sender()

    told: list[list[type]] = []

    def note() -> None:
        told.append([type(one) for one in bench.news if isinstance(one, Halted | Resumed)])

    def withdrawn() -> None:
        note()
        if settled:
            deliveries.settle(store, only(store).id, Answer.CANCEL)
        sender.wake()

    def unlocked() -> None:
        note()
        safe.unlock(BELLS)
        sender.wake()

    async def story() -> None:
        for seconds, happens in ((60, withdrawn), (120, unlocked), (170, note), (180, sender.stop)):
            bench.loop.call_later(seconds, happens)
        await sender.run(Until.STOPPED)

    bench.run(story())
    assert told == [[Resumed, Halted], [Resumed, Halted], [Resumed, Halted, Resumed]]
    assert len(bench.service.received) == (not settled)
