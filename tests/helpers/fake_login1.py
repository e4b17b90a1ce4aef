"""A bus with a logind on it that goes to sleep when a test says so: `with login1() as it: it.sleep()`. Both are gone afterwards."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

_SERVICE = """
import os, sys, threading
from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusUnixFileDescriptor, QDBusVirtualObject

PATH, NAME, MANAGER = "/org/freedesktop/login1", "org.freedesktop.login1", "org.freedesktop.login1.Manager"


def say(word):
    print(word, flush=True)


class Manager(QDBusVirtualObject):
    def introspect(self, path):
        return ""

    def handleMessage(self, message, bus):
        if message.member() != "Inhibit":
            return False
        ours, theirs = os.pipe()
        answer = message.createReply()
        answer.setArguments([QDBusUnixFileDescriptor(theirs)])
        bus.send(answer)
        os.close(theirs)
        say("held " + " ".join((message.arguments()[0], message.arguments()[3])))
        threading.Thread(target=self.wait, args=(ours,), daemon=True).start()
        return True

    def wait(self, ours):
        os.read(ours, 1)  # ends when the last copy of the other end is closed
        os.close(ours)
        say("let go")


class Told(QObject):
    word = Signal(str)


def hear(word):
    signal = QDBusMessage.createSignal(PATH, MANAGER, "PrepareForSleep")
    signal.setArguments([word == "sleep"])
    bus.send(signal)


app = QCoreApplication([])
bus = QDBusConnection.connectToBus(os.environ["BUS"], "login1")
manager, told = Manager(), Told()
told.word.connect(hear, Qt.ConnectionType.QueuedConnection)
assert bus.registerVirtualObject(PATH, manager) and bus.registerService(NAME)
say("ready")
threading.Thread(target=lambda: [told.word.emit(line.strip()) for line in sys.stdin], daemon=True).start()
app.exec()
"""


@dataclass(frozen=True, slots=True)
class Login1:
    """The fake.

    Attributes:
        address: of its bus.
    """

    address: str
    service: "subprocess.Popen[str]"

    def sleep(self) -> None:
        """Tell everybody that the computer is about to sleep."""
        self._tell("sleep")

    def wake(self) -> None:
        """Tell everybody that it is awake again."""
        self._tell("wake")

    def heard(self) -> str:
        """What it was asked next: `held sleep delay`, or `let go`. Waits for it."""
        assert self.service.stdout is not None
        return self.service.stdout.readline().strip()

    def _tell(self, word: str) -> None:
        assert self.service.stdin is not None
        self.service.stdin.write(f"{word}\n")
        self.service.stdin.flush()


@contextmanager
def login1() -> Iterator[Login1]:
    """A bus of its own with a logind on it (Debian: `dbus`)."""
    bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE, text=True)
    assert bus.stdout is not None
    address = bus.stdout.readline().strip()
    service = subprocess.Popen(
        [sys.executable, "-c", _SERVICE], env={**os.environ, "BUS": address}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        made = Login1(address, service)
        assert made.heard() == "ready"
        yield made
    finally:
        for process in (service, bus):
            process.kill()
            process.communicate()
