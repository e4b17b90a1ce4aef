"""Which computer sends, and how long a message that is due at once still waits."""

from desktop.actions import community
from desktop.store import planning
from desktop.ui.kit import Kit
from desktop.ui.news import EVERYTHING, News
from desktop.ui.operations import Tell
from desktop.ui.pages.settings.rows import Section
from desktop.ui.sending_here import ask_to_send_here
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.label import label
from desktop.ui.widgets.spin import number_box
from resources.translations import _

LONGEST_GRACE = 600


class SendingSection(Section):
    """This computer, grace time."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit.theme, _("Sending"))
        self._kit = kit
        self.who = label("", wrap=True)
        self.add(_("Who sends"), self.who, _("One computer sends for a community, so that nothing goes out twice. A copy of the file sends nothing."))
        self.take_over = button(_("Send from this computer"), lambda: ask_to_send_here(kit, self))
        self.add_below(self.take_over)
        self.grace = number_box(kit.theme, _("Time to take back"), 0, LONGEST_GRACE)
        self.grace.setSuffix(_(" seconds"))
        self.grace.editingFinished.connect(self._keep_grace)
        waits = _("So long a message that is to go out now still waits, with Undo beside it.")
        self.add(_("Time to take back"), self.grace, waits, narrow=True)
        self.refresh(EVERYTHING)

    def refresh(self, news: News) -> None:
        """Show what is so now."""
        if not news.touches("setting"):
            return
        store = self._kit.store
        here = store.setting("sender_computer") == store.device
        name = store.setting("sender_name")
        other = _("{name} sends, not this computer.").format(name=name) if name else _("No computer sends from this file yet: it is a copy.")
        self.who.setText(_("This computer sends, while Belfry is open.") if here else other)
        self.take_over.setVisible(not here)
        if not self.grace.hasFocus():
            self.grace.setValue(round(planning.grace(store).total_seconds()))

    def _keep_grace(self) -> None:
        seconds = self.grace.value()
        if seconds != round(planning.grace(self._kit.store).total_seconds()):
            self._kit.operations.run(lambda store: community.set_up(store, grace=seconds), tell=Tell.NOTHING)
