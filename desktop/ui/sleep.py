"""Hears from the system that the computer is about to sleep, and that it is awake again: from logind on Linux, from power messages on Windows.

macOS tells it through its own libraries alone, which Belfry does not bring: there nothing is heard.
"""

import sys
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, QTimer, Signal, Slot

from resources.translations import _

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection, QDBusPendingCallWatcher, QDBusUnixFileDescriptor

SEEN = 700  # milliseconds from what is said to its being on the screen; logind waits five seconds at most
_LOGIND, _MANAGER = ("org.freedesktop.login1", "/org/freedesktop/login1"), "org.freedesktop.login1.Manager"
_TOLD: Any = SLOT("told(bool)")  # a str; the stubs say bytes, which are refused
_POWER, _SUSPENDS, _AWAKE = 0x0218, 0x0004, 0x0012
"""WM_POWERBROADCAST, PBT_APMSUSPEND, PBT_APMRESUMEAUTOMATIC (learn.microsoft.com/windows/win32/power/wm-powerbroadcast)."""


class Sleep(QObject):
    """What a system tells of its sleep. This one tells nothing.

    Signals:
        near: it sleeps in a moment; what is said now is still seen.
        over: it is awake again.
    """

    near = Signal()
    over = Signal()

    def listen(self) -> None:
        """Hear from now on."""

    def stop(self) -> None:
        """Hear no more, and hold up nobody."""


class LogindSleep(Sleep):
    """Linux: `PrepareForSleep` on the system's bus, with a delay lock, so that what is said is on the screen before the lid is closed.

    Without a bus, or without logind on it, nothing is heard. The bus is asked without waiting for its answers.
    https://www.freedesktop.org/wiki/Software/systemd/inhibit/

    Args:
        address: of another bus than the system's.
    """

    def __init__(self, address: str = "") -> None:
        super().__init__()
        self._address = address
        self._bus: QDBusConnection | None = None
        self._lock: QDBusUnixFileDescriptor | None = None
        self._asked: QDBusPendingCallWatcher | None = None
        self._timer = QTimer(self, singleShot=True, interval=SEEN)
        self._timer.timeout.connect(self._let_go)

    def listen(self) -> None:
        """Hear from now on."""
        from PySide6.QtDBus import QDBusConnection  # late: the window opens without it

        bus = QDBusConnection.connectToBus(self._address, self._address) if self._address else QDBusConnection.systemBus()
        if bus.isConnected() and bus.connect(*_LOGIND, _MANAGER, "PrepareForSleep", self, _TOLD):
            self._bus = bus
            self._hold()

    def stop(self) -> None:
        """Hear no more, and hold up nobody."""
        if self._bus is not None:
            self._bus.disconnect(*_LOGIND, _MANAGER, "PrepareForSleep", self, _TOLD)
            self._bus = None
        self._timer.stop()
        self._let_go()

    @property
    def holds(self) -> bool:
        """Whether logind waits for us the next time."""
        return self._lock is not None

    @Slot(bool)
    def told(self, asleep: bool) -> None:
        """What logind says: true before, false after."""
        if asleep:
            self.near.emit()
            self._timer.start()
        else:
            self.over.emit()
            self._hold()

    def _hold(self) -> None:
        """Take the lock that makes logind wait for us a moment, the next time."""
        from PySide6.QtDBus import QDBusMessage, QDBusPendingCallWatcher

        if self._bus is None or self._lock is not None or self._asked is not None:
            return
        call = QDBusMessage.createMethodCall(*_LOGIND, _MANAGER, "Inhibit")
        call.setArguments(["sleep", "Belfry", _("Says what falls due meanwhile"), "delay"])
        self._asked = QDBusPendingCallWatcher(self._bus.asyncCall(call), self)
        self._asked.finished.connect(self._held)

    def _held(self, watcher: "QDBusPendingCallWatcher") -> None:
        from PySide6.QtDBus import QDBusMessage

        answer: QDBusMessage = watcher.reply()
        if self._bus is not None and answer.type() is QDBusMessage.MessageType.ReplyMessage:
            self._lock = answer.arguments()[0]
        self._asked = None
        watcher.deleteLater()

    def _let_go(self) -> None:
        self._lock = None  # which closes it


class WindowsSleep(Sleep):
    """Windows: the power messages that every window gets. It waits two seconds for their answer."""

    def __init__(self) -> None:
        super().__init__()
        self._filter = PowerMessages(self)

    def listen(self) -> None:
        """Hear from now on."""
        app = QCoreApplication.instance()
        if app is not None:
            app.installNativeEventFilter(self._filter)

    def stop(self) -> None:
        """Hear no more."""
        app = QCoreApplication.instance()
        if app is not None:
            app.removeNativeEventFilter(self._filter)


class PowerMessages(QAbstractNativeEventFilter):
    """Picks the power messages out of all that Windows sends; each of them comes once for every window."""

    def __init__(self, sleep: Sleep) -> None:
        super().__init__()
        self._sleep = sleep
        self._asleep = False

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        """One message. None is taken out."""
        if kind == b"windows_generic_MSG":
            from ctypes import wintypes  # late: on Windows alone

            told = wintypes.MSG.from_address(int(message))
            if told.message == _POWER:
                self._power(told.wParam)
        return False, 0

    def _power(self, what: int) -> None:
        if what == _SUSPENDS and not self._asleep:
            self._asleep = True
            self._sleep.near.emit()
        elif what == _AWAKE and self._asleep:
            self._asleep = False
            self._sleep.over.emit()


def sleep_here(platform: str = sys.platform) -> Sleep:
    """What tells of the sleep of this system."""
    match platform:
        case "win32":
            return WindowsSleep()
        case "darwin":
            return Sleep()
        case _:
            return LogindSleep()
