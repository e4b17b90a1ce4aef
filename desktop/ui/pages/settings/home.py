"""What the community is called, where it is at home, and its colour. Kept in the file, so the same on every computer."""

import zoneinfo
from importlib import resources

from PySide6.QtCore import QLocale

from desktop.actions import community
from desktop.store.database import Store
from desktop.ui.kit import Kit
from desktop.ui.news import EVERYTHING, News
from desktop.ui.operations import Tell
from desktop.ui.pages.settings.choices import LongChoice, Swatches
from desktop.ui.pages.settings.logo import LogoField
from desktop.ui.pages.settings.rows import Section
from desktop.ui.theme import DEFAULT_ACCENT
from desktop.ui.widgets.edited import InPlaceLine, problem_of
from resources.translations import _, mark

COLOURS = (
    (DEFAULT_ACCENT, mark("Blue")),
    ("#0e7490", mark("Teal")),
    ("#2f7d4f", mark("Green")),
    ("#8a6d1a", mark("Olive")),
    ("#b4532a", mark("Terracotta")),
    ("#b3344e", mark("Raspberry")),
    ("#8a3f8f", mark("Plum")),
    ("#4b5563", mark("Slate")),
)


class HomeSection(Section):
    """Name, zone, country, colour."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit.theme, _("The community"))
        self._kit = kit
        self.name = InPlaceLine(_("Name of the community"))
        self.name.committed.connect(self._keep_name)
        self.add(_("Name"), self.name)
        self.add_wide(problem_of(self.name))
        self.zone = LongChoice(_zones, _zone_words, self._keep_zone)
        self.add(_("Time zone"), self.zone, _("Whole days and times without a zone of their own belong to it."))
        self.country = LongChoice(_countries, _country_words, self._keep_country)
        self.add(_("Country"), self.country, _("For phone numbers that are written without their country."))
        self.colours = Swatches(kit.theme, [(colour, _(name)) for colour, name in COLOURS], self._keep_colour)
        self.add(_("Colour"), self.colours)
        self.logo = LogoField(kit)
        self.add(_("Logo"), self.logo, _("At the top of the window and in the task bar. A picture can be dropped or pasted here, too."))
        self.refresh(EVERYTHING)

    def refresh(self, news: News) -> None:
        """Show what is set now."""
        if news.touches("setting"):
            store = self._kit.store
            self.name.show_value(store.setting("name"))
            self.zone.show_value(store.setting("zone", "UTC"))
            self.country.show_value(store.setting("country"))
            self.colours.show_chosen(store.setting(community.ACCENT, DEFAULT_ACCENT))

    def _keep_name(self, name: str) -> None:
        if name.strip():
            self._do(name=name.strip())
        else:
            self.name.wrong(_("A community needs a name."))

    def _keep_zone(self, zone: str) -> None:
        def keep(store: Store) -> None:
            community.set_up(store, zone=zone)
            self._kit.dates.zone = zoneinfo.ZoneInfo(zone)

        self._kit.operations.start(_("Moving the calendar …"), lambda store, _progress: keep(store), self._everything, tell=Tell.NOTHING)

    def _keep_country(self, country: str) -> None:
        self._do(country=country)

    def _keep_colour(self, colour: str) -> None:
        self._do(accent=colour)
        self._kit.theme.choose(accent=colour)

    def _do(self, **settings: str) -> None:
        self._kit.operations.run(lambda store: community.set_up(store, **settings), tell=Tell.NOTHING)  # type: ignore[arg-type]  # its own names

    def _everything(self, _result: object) -> None:
        self._kit.operations.news.emit(EVERYTHING)


def _zones() -> list[tuple[str, str]]:
    # The package tzdata lists its zones in this file: no folder has to be searched.
    names = (resources.files("tzdata") / "zones").read_text("utf-8").split()
    return [(name, _zone_words(name)) for name in sorted(names) if "/" in name and not name.startswith("Etc/")]


def _zone_words(name: str) -> str:
    return name.replace("_", " ")


def _countries() -> list[tuple[str, str]]:
    """(two letters, name) of all countries, by name; the first one is none."""
    codes = {QLocale.territoryToCode(territory) for territory in QLocale.Country}
    found = {code: _country_words(code) for code in codes if len(code) == 2 and code.isalpha()}
    return [("", _country_words("")), *sorted(found.items(), key=lambda one: one[1])]


def _country_words(code: str) -> str:
    return QLocale.territoryToString(QLocale.codeToTerritory(code)) if code else "–"
