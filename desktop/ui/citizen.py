"""A good citizen of the desktop: stays in the tray, tells what waits, offers to start at log-in, says before it quits or sleeps what falls due."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from desktop.actions import today
from desktop.store import today as reading
from desktop.ui import quitting, sender_line
from desktop.ui.appearing import Appear
from desktop.ui.autostart import Autostart, login_command
from desktop.ui.before_sleep import BeforeSleep
from desktop.ui.bridge import Bridge
from desktop.ui.habits import Closing, Habits
from desktop.ui.kit import Kit
from desktop.ui.main_window import MainWindow
from desktop.ui.navigation import PageName
from desktop.ui.news import EngineNews, News
from desktop.ui.notices import Offer
from desktop.ui.notifications import Notifications
from desktop.ui.parting import part
from desktop.ui.ports import Notifier
from desktop.ui.sleep import Sleep
from desktop.ui.tray import Tray, TrayNotifier
from resources.translations import _

_SOON = 200  # milliseconds: many news, one look
_OFFER = "autostart"
TRAY_ARRIVES = 15_000  # milliseconds that a desktop takes after log-in until its tray is there


class Citizen(QObject):
    """What one open community does around its window.

    Args:
        quit: ends the program, without asking.
        tray: the icon; where the desktop has none, closing the window quits.
        notifier: shows notifications; the tray where nothing else is given.
        sleep: tells when the computer sleeps.

    What is unsure or was missed is in front of the person from the start, on Today.
    """

    def __init__(
        self,
        kit: Kit,
        bridge: Bridge,
        window: MainWindow,
        quit: Callable[[], object],
        tray: Tray,
        autostart: Autostart,
        notifier: Notifier | None = None,
        sleep: Sleep | None = None,
    ) -> None:
        super().__init__()
        self._kit, self._window, self._quit, self._autostart = kit, window, quit, autostart
        self._bridge = bridge
        self.tray = tray
        self._notifier: Notifier = notifier or TrayNotifier(tray, window)
        self.habits = Habits(kit.state)
        self.notifications = Notifications(kit.store, self._notifier, self._looking, self._show)
        self._sleep = sleep or Sleep()
        self._before_sleep = BeforeSleep(kit, self._sleep, self._notifier, self._show, window.pages.awake)
        self._timer = QTimer(self, singleShot=True, interval=_SOON)
        self._timer.timeout.connect(self._say)
        self._arriving = QTimer(self, singleShot=True, interval=TRAY_ARRIVES)
        self._arriving.timeout.connect(self._show_without_tray)
        tray.opened.connect(self._opened)
        tray.left.connect(self.ask_to_quit)
        bridge.engine.connect(self._hear)
        bridge.news.connect(self._changed)
        kit.operations.news.connect(self._done_here)
        window.strip.stale.connect(self._say)
        tray.show()
        self._say()
        if reading.doubtful(kit.store):
            kit.navigation.go(PageName.TODAY)  # whatever page was open last: this has to be seen

    def listen(self) -> None:
        """Hear of the computer's sleep; once the window stands, for it takes a few milliseconds."""
        self._sleep.listen()

    @property
    def stays(self) -> bool:
        """Whether closing the window leaves the sender at work."""
        return self.tray.possible and self.habits.closing is Closing.TRAY

    def appear(self, appear: Appear) -> None:
        """Show the window, or stay in the tray; where none has come up after a while, show it after all."""
        if appear is Appear.WINDOW:
            self._window.show()
        else:
            self._arriving.start()

    def close(self) -> bool:
        """The person closes the window. Gives whether it may close; False where it hides, or asks first."""
        if not self.stays:
            return self.ask_to_quit()
        self._window.hide()
        if self.habits.first_time("tray"):
            text = _("Belfry stays here and goes on sending. To end it, choose Quit in this icon's menu.")
            self._notifier.tell("tray", _("Still at work"), text, self._window.bring_to_front)
        return False

    def ask_to_quit(self) -> bool:
        """Quit; where something that was typed would be lost, or something falls due meanwhile, say so and ask. Gives whether it was done at once."""
        if self._window.pages.unkept:
            self._window.bring_to_front()
        done: list[bool] = []
        part(self._window.pages, self._kit.asker, self._window, lambda: done.append(self._ask_about_due()))
        return done == [True]

    def _ask_about_due(self) -> bool:
        groups = quitting.falls_due(self._kit.store)
        if not groups:
            self._quit()
            return True
        self._window.bring_to_front()
        detail = quitting.detail(groups, self._kit.dates)
        self._kit.asker.ask(self._window, _("Quit, although this is to go out?"), detail, _("Quit"), self._quit)
        return False

    def stop(self) -> None:
        """The community is closed: hear and say nothing any more."""
        self._bridge.engine.disconnect(self._hear)
        self._bridge.news.disconnect(self._changed)
        self._kit.operations.news.disconnect(self._done_here)
        self._window.strip.stale.disconnect(self._say)
        self._timer.stop()
        self._arriving.stop()
        self._before_sleep.stop()
        self._sleep.stop()
        self.notifications.stop()
        self.tray.stop()

    def _hear(self, told: EngineNews) -> None:
        self.notifications.hear(told)
        self._timer.start()

    def _changed(self, _news: News) -> None:
        self._timer.start()

    def _done_here(self, news: News) -> None:
        self._timer.start()
        if news.touches("announcement"):
            self._offer()

    def _offer(self) -> None:
        """With the first schedule: this computer must be on."""
        store = self._kit.store
        now = store.clock.now()
        if self._autostart.enabled or not quitting.sends_here(store):
            return
        ahead = [one for one in reading.queued_before(store, now + 52 * today.AHEAD, 50) if one.due_at - now > today.SOON]
        if not ahead or not self.habits.first_time("autostart"):
            return
        text = _("This computer must be on {when}, when “{text}” is to go out. Belfry can start by itself when you log in.")
        text = text.format(when=self._kit.dates.moment(ahead[0].due_at), text=today.summary(ahead[0].text))
        self._kit.notices.keep(_OFFER, text, Offer(_("Start at log-in"), self._start_at_login))

    def _start_at_login(self) -> None:
        try:
            self._autostart.enable(login_command())
        except OSError as error:
            text = _("Belfry could not set that up: {error}. Start it by hand, or add it to your log-in programs.")
            self._kit.notices.problem(text.format(error=error.strerror or str(error)))
            return
        self._kit.notices.clear(_OFFER)
        self._kit.notices.say(_("Belfry starts when you log in."), Offer(_("Undo"), self._autostart.disable))

    def _show_without_tray(self) -> None:
        if not self.stays:
            self._window.show()

    def _say(self) -> None:
        self.tray.say(sender_line.says(self._kit.store, self._kit.dates, self._bridge.halted))

    def _opened(self, to_today: bool) -> None:
        self._window.bring_to_front()
        if to_today:
            self._kit.navigation.go(PageName.TODAY)

    def _show(self, page: PageName) -> None:
        self._window.bring_to_front()
        self._kit.navigation.go(page)

    def _looking(self) -> bool:
        return self._window.isVisible() and not self._window.isMinimized() and QGuiApplication.focusWindow() is not None
