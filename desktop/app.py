"""The composition root, without Qt: who gets what. Everything that is made once for a run is made here.

The sender and what it brings (asyncio, APScheduler) is imported when one is made: most commands send nothing.
"""

import os
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from desktop.community.errors import Refused, Remedy, Trouble
from desktop.community.ports import Clock, Probe, Safe, Secret, Vault
from desktop.community.zones import pin_tzdata
from desktop.engine.clock import SystemClock
from desktop.engine.computer import Computer, this_computer
from desktop.engine.logs import Redactor, log_to
from desktop.engine.marks import Marks
from desktop.engine.private import private_folder, write_private
from desktop.engine.vault import FILE_NAME, PASSPHRASE_VARIABLE, Asking, OverheardVault, VaultKind, open_vault, passphrase_from
from desktop.engine.vault.safe import RunSafe
from desktop.store import database
from desktop.store.database import Store
from resources.translations import phrase

if TYPE_CHECKING:
    from desktop.engine.news import Hear
    from desktop.engine.sender import Sender

DATA_VARIABLE = "BELFRY_DATA"
"""Where this computer keeps what is its own (identity, marks, log, locked secrets), instead of the platform's data folder."""
COMMUNITY_NAME = "community.belfry"
_VAULT_CHOICE = "vault"


@dataclass(frozen=True, slots=True)
class Program:
    """What one run of Belfry works with.

    Attributes:
        data: this computer's data folder, 0700.
        computer: who this computer is.
        marks: how far each community file has sent from here.
        redactor: keeps secrets out of the log.
    """

    data: Path
    clock: Clock
    computer: Computer
    marks: Marks
    environ: Mapping[str, str]
    redactor: Redactor = field(default_factory=Redactor)
    probe: Probe | None = None

    @property
    def community(self) -> Path:
        """The community file that is used where none is named."""
        return self.data / COMMUNITY_NAME

    def open(self, path: Path | None = None) -> Store:
        """Open a community file, the default one where none is named. Raises BelfryError."""
        if path is None and not self.community.exists():
            raise Refused(phrase("There is no community yet. Make one, or name its file."), Remedy.MAKE_OR_NAME_COMMUNITY)
        return database.open(path or self.community, clock=self.clock, device=self.computer.id, probe=self.probe)

    def log(self) -> AbstractContextManager[Path]:
        """Log into this computer's log file until the end of the block."""
        return log_to(self.data / "log", self.redactor)

    def vault(self, ask: Callable[[Asking], Secret], kind: VaultKind | None = None) -> Vault:
        """Where secrets are kept: as said now, else as this computer was told before, else the keyring."""
        chosen = kind or self._chosen_vault()
        ask = passphrase_from(self.environ, ask)
        return open_vault(chosen, folder=self.data, ask=ask, environ=self.environ, heard=self.redactor.add)

    def safe(self) -> Safe:
        """The vault for a whole run of the window: it asks nobody, but waits until it is unlocked."""

        def open(kind: VaultKind, ask: Callable[[Asking], Secret]) -> OverheardVault:
            return open_vault(kind, folder=self.data, ask=ask, environ=self.environ, heard=self.redactor.add)

        given = Secret(self.environ.get(PASSPHRASE_VARIABLE, ""))
        return RunSafe(self._chosen_vault(), open=open, file=self.data / FILE_NAME, keep=self.choose_vault, given=given)

    def choose_vault(self, kind: VaultKind) -> None:
        """Use this kind of vault on this computer from now on. RUN is for one run and not kept. Raises OSError."""
        if kind is not VaultKind.RUN:
            write_private(self.data / _VAULT_CHOICE, kind.value.encode())

    def sender(self, store: Store, vault: Vault, hear: "Hear") -> "Sender":
        """The sender for a community file, to be run on one loop, in the thread that opened the store."""
        from desktop.engine.alarm import SchedulerAlarm
        from desktop.engine.desk import CommunityDesk
        from desktop.engine.sender import Sender
        from desktop.store.processes import process_runs
        from integrations import MANIFESTS, manifest
        from integrations.base import Capability

        desk = CommunityDesk(store, vault, self.clock, manifest)
        return Sender(
            store,
            desk,
            self.marks,
            self.computer,
            alarm=SchedulerAlarm,
            keyed=[known.id for known in MANIFESTS if Capability.IDEMPOTENT in known],
            hear=hear,
            probe=self.probe,
            alive=process_runs,
        )

    def sends(self, store: Store) -> bool:
        """Whether this computer may send from this file as it is."""
        from desktop.engine.sender import admit

        return admit(store, self.marks, self.computer)[1] is None

    def take_over(self, store: Store) -> int:
        """This computer sends from this file from now on. Gives how many deliveries are unsure because of it."""
        from desktop.engine.sender import take_over

        return take_over(store, self.marks, self.computer)

    def _chosen_vault(self) -> VaultKind:
        try:
            return VaultKind((self.data / _VAULT_CHOICE).read_text().strip())
        except (FileNotFoundError, ValueError):
            return VaultKind.KEYRING


def program(*, environ: Mapping[str, str] | None = None, clock: Clock | None = None, probe: Probe | None = None) -> Program:
    """Set up a run of Belfry on this computer. Raises Trouble where its data folder can't be used."""
    pin_tzdata()
    environ = os.environ if environ is None else environ
    data = Path(environ[DATA_VARIABLE]) if environ.get(DATA_VARIABLE) else platformdirs.user_data_path("Belfry", appauthor=False)
    try:
        private_folder(data)
        computer = this_computer(data)
    except OSError as error:
        raise Trouble(phrase("Belfry can't use its folder {folder}: {error}.", folder=str(data), error=error.strerror or str(error))) from error
    return Program(data, clock or SystemClock(), computer, Marks(data), environ, probe=probe)
