"""Takes a picture of every page, dialog and state: `python tests/screens OUT [words …]`; with words only those whose file name holds one of them all.

A file is named `<scene>.<theme>.<language>.<size>.png`; `members-list.dark en` takes two pictures, of both sizes. A group of words separated by
spaces is one argument each: all have to be in the name.
"""

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")
ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from benchmarks import big_file  # noqa: E402
from benchmarks.big_community import Size  # noqa: E402
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402
from screens import announcements, big, byhand, calendar_page, channels, members, settings, shell, today  # noqa: E402
from screens.large_text import larger  # noqa: E402

from desktop.actions.sample import fill  # noqa: E402
from desktop.ui.theme import Mode  # noqa: E402
from helpers.clock import MovedClock  # noqa: E402
from helpers.scenes import Community, Scene, settle  # noqa: E402
from helpers.window import desktop  # noqa: E402
from resources import translations  # noqa: E402

OF_PAGES: tuple[Scene, ...] = (
    *shell.SCENES,
    *today.SCENES,
    *members.SCENES,
    *calendar_page.SCENES,
    *announcements.SCENES,
    *channels.SCENES,
    *byhand.SCENES,
    *settings.SCENES,
)
SCENES = (*OF_PAGES, *larger(OF_PAGES), *big.SCENES)
SIZES = ((900, 600), (2560, 1440))
LANGUAGES = {"en": "en_GB", "pt": "pt_PT", "mirrored": "en_GB"}


def wanted(words: Sequence[str]) -> Iterator[tuple[Scene, Mode, str, tuple[int, int], str]]:
    """All pictures whose name holds all words."""
    for scene in SCENES:
        for mode in (Mode.LIGHT, Mode.DARK):
            for language in LANGUAGES:
                for size in SIZES:
                    name = f"{scene.name}.{mode}.{language}.{size[0]}x{size[1]}.png"
                    if all(word in name for word in words):
                        yield scene, mode, language, size, name


def take(app: QApplication, out: Path, scene: Scene, mode: Mode, language: str, size: tuple[int, int], name: str) -> None:
    """Take one picture."""
    locale = LANGUAGES[language]
    translations.use(locale)
    QLocale.setDefault(QLocale(locale))
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if language == "mirrored" else Qt.LayoutDirection.LeftToRight)
    with tempfile.TemporaryDirectory(prefix="belfry-screens-") as folder:
        clock = MovedClock()
        if scene.community is Community.BIG:
            big_file.kept(Size(), 1, Path(folder), clock).rename(Path(folder) / "community.belfry")
        filled = fill if scene.community is Community.SAMPLE else lambda _store: None
        shown = desktop(app, Path(folder), clock=clock, mode=mode, locale=locale, fill=filled, scale=scene.scale)
        try:
            window = shown.open_window()
            window.resize(*size)
            window.show()
            settle(shown)
            widget = scene.prepare(shown)
            settle(shown)
            widget.grab().save(str(out / name))
            if widget is not window:
                widget.close()
                widget.deleteLater()
        finally:
            shown.close()
            QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


def main(arguments: Sequence[str]) -> int:
    """Take the pictures. Gives the exit status."""
    if not arguments:
        print(__doc__)
        return 2
    out = Path(arguments[0])
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication(["belfry"])
    font = app.font()
    font.setPointSizeF(10)  # as desktops have it; the offscreen platform has 9
    app.setFont(font)
    count = 0
    for scene, mode, language, size, name in wanted(arguments[1:]):
        app.setFont(font)
        take(app, out, scene, mode, language, size, name)
        count += 1
    print(f"{count} pictures in {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
