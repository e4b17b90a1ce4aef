"""The one style sheet of the window, made from the theme's colours. What a widget is, it says with a property: `kind` (what it is) or `look` (size, tone)."""

from collections.abc import Callable, Mapping
from importlib import resources

from PySide6.QtGui import QColor


def sign(name: str, shade: str) -> str:
    """The path of a small picture, as style sheets write it."""
    return str(resources.files("resources.themes") / f"{name}-{shade}.svg").replace("\\", "/")


def style_sheet(colours: Mapping[str, QColor], points: Mapping[str, float], px: Callable[[float], int]) -> str:
    """The sheet. `points`: the three text sizes; `px`: pixels for so many units of the grid."""
    c = {name: colour.name() for name, colour in colours.items()}
    shade = "dark" if colours["window"].lightness() < 128 else "light"
    ink = "white" if colours["on_accent"].lightness() > 128 else "black"
    radius, small_radius = px(0.75), px(0.5)
    return f"""
QToolTip {{ background: {c["raised"]}; color: {c["text"]}; border: 1px solid {c["line"]}; padding: {px(0.5)}px {px(1)}px; }}
QLabel {{ background: transparent; }}
QLabel[look~="small"] {{ font-size: {points["small"]}pt; }}
QLabel[look~="title"] {{ font-size: {points["title"]}pt; font-weight: 600; }}
QLabel[look~="strong"] {{ font-weight: 600; }}
QLabel[look~="quiet"] {{ color: {c["text_quiet"]}; }}
QLabel[look~="good"] {{ color: {c["good"]}; }} QLabel[look~="warn"] {{ color: {c["warn"]}; }}
QLabel[look~="bad"] {{ color: {c["bad"]}; }} QLabel[look~="info"] {{ color: {c["info"]}; }}

QWidget[kind="rail"], QWidget[kind="strip"] {{ background: {c["rail"]}; }}
QWidget[kind="rail"] {{ border: none; }}
QFrame[kind="line"] {{ background: {c["line"]}; border: none; }}
QFrame[kind="card"] {{ background: {c["raised"]}; border: 1px solid {c["line"]}; border-radius: {radius}px; }}
QFrame[kind="floating"] {{ background: {c["raised"]}; border: 1px solid {c["line_strong"]}; border-radius: {radius}px; }}
QFrame[kind="banner"] {{ border: none; border-radius: {radius}px; background: {c["info_soft"]}; }}
QFrame[kind="banner"][tone="bad"] {{ background: {c["bad_soft"]}; }} QFrame[kind="banner"][tone="warn"] {{ background: {c["warn_soft"]}; }}
QFrame[kind="banner"][tone="good"] {{ background: {c["good_soft"]}; }}
QScrollArea, QScrollArea > QWidget > QWidget[kind="scrolled"] {{ background: transparent; border: none; }}

QPushButton {{ background: {c["raised"]}; color: {c["text"]}; border: 1px solid {c["line_strong"]}; border-radius: {radius}px;
  padding: {px(0.75)}px {px(1.75)}px; min-height: {px(2.25)}px; }}
QPushButton:hover {{ background: {c["hover"]}; }}
QPushButton:pressed {{ background: {c["line"]}; }}
QPushButton:focus {{ border: 2px solid {c["accent_text"]}; padding: {px(0.75) - 1}px {px(1.75) - 1}px; }}
QPushButton:disabled {{ color: {c["line_strong"]}; border-color: {c["line"]}; }}
QPushButton[kind="primary"] {{ background: {c["accent"]}; color: {c["on_accent"]}; border: 1px solid {c["accent"]}; font-weight: 600; }}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{ background: {c["accent_pressed"]}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {c["text"]}; }}
QPushButton[kind="primary"]:disabled {{ background: {c["sunken"]}; color: {c["line_strong"]}; border-color: {c["line"]}; }}
QPushButton[kind="danger"] {{ color: {c["bad"]}; }}
QPushButton[kind="link"] {{ background: transparent; border: 1px solid transparent; color: {c["accent_text"]}; padding: {px(0.25)}px {px(0.5)}px;
  min-height: 1em; text-align: left; }}
QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="link"]:focus {{ border: 1px solid {c["accent_text"]}; border-radius: {small_radius}px; }}

QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: {small_radius}px; padding: {px(0.5)}px; color: {c["text"]}; }}
QToolButton:hover {{ background: {c["hover"]}; }}
QToolButton:pressed, QToolButton:checked {{ background: {c["accent_soft"]}; color: {c["accent_text"]}; }}
QToolButton:focus {{ border: 1px solid {c["accent_text"]}; }}
QToolButton::menu-indicator {{ image: none; }}
QToolButton#qt_menubar_ext_button {{ padding: 0; }}
QToolButton[kind="rail"] {{ text-align: left; padding: 7px {px(1)}px; border-radius: {radius}px; color: {c["text_quiet"]}; border: 2px solid transparent; }}
QToolButton[kind="rail"]:hover {{ background: {c["line"]}; color: {c["text"]}; }}
QToolButton[kind="rail"]:checked {{ background: {c["accent_soft"]}; color: {c["accent_text"]}; font-weight: 600; }}
QToolButton[kind="rail"]:focus {{ border: 2px solid {c["accent_text"]}; }}
QToolButton[kind="chip"] {{ border: 1px solid {c["line"]}; border-radius: {px(1.5)}px; padding: {px(0.375)}px {px(1.25)}px; color: {c["text"]};
  background: {c["window"]}; min-height: {px(2)}px; }}
QToolButton[kind="chip"]:hover {{ border-color: {c["line_strong"]}; }}
QToolButton[kind="chip"]:checked {{ background: {c["accent_soft"]}; border-color: {c["accent_text"]}; color: {c["accent_text"]}; }}
QToolButton[kind="chip"]:focus {{ border: 2px solid {c["accent_text"]}; padding: {px(0.375) - 1}px {px(1.25) - 1}px; }}
QToolButton[kind="strip"] {{ text-align: left; color: {c["text_quiet"]}; padding: {px(0.5)}px {px(1)}px; }}
QToolButton[kind="strip"]:hover {{ color: {c["text"]}; background: {c["line"]}; }}

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QDateEdit, QTimeEdit, QDateTimeEdit, QComboBox {{ background: {c["window"]};
  color: {c["text"]}; border: 1px solid {c["line_strong"]}; border-radius: {radius}px; padding: {px(0.625)}px {px(1)}px; min-height: {px(2.25)}px;
  selection-background-color: {c["accent"]}; selection-color: {c["on_accent"]}; placeholder-text-color: {c["text_quiet"]}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDateEdit:focus, QTimeEdit:focus, QDateTimeEdit:focus, QComboBox:focus {{
  border: 2px solid {c["accent_text"]}; padding: {px(0.625) - 1}px {px(1) - 1}px; }}
QLineEdit[kind="search"] {{ background: {c["sunken"]}; border: 1px solid {c["sunken"]}; }}
QLineEdit[kind="search"]:focus {{ background: {c["window"]}; border: 2px solid {c["accent_text"]}; }}
QLineEdit[kind="in_place"], QPlainTextEdit[kind="in_place"], QComboBox[kind="in_place"], QDateEdit[kind="in_place"] {{ background: transparent;
  border: 1px solid transparent; padding: {px(0.5)}px {px(0.75)}px; }}
QLineEdit[kind="in_place"]:hover, QPlainTextEdit[kind="in_place"]:hover, QComboBox[kind="in_place"]:hover, QDateEdit[kind="in_place"]:hover {{
  background: {c["hover"]}; border: 1px solid {c["line"]}; }}
QLineEdit[kind="in_place"]:focus, QPlainTextEdit[kind="in_place"]:focus, QComboBox[kind="in_place"]:focus, QDateEdit[kind="in_place"]:focus {{
  background: {c["window"]}; border: 2px solid {c["accent_text"]}; padding: {px(0.5) - 1}px {px(0.75) - 1}px; }}
QPlainTextEdit[kind="in_place"][look="title"] {{ font-size: {points["title"]}pt; font-weight: 600; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] {{ border: 2px solid {c["bad"]}; }}
QComboBox::drop-down {{ border: none; background: transparent; width: {px(3)}px; }}
QComboBox::down-arrow {{ image: url({sign("down", shade)}); width: {px(2)}px; height: {px(2)}px; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; background: transparent; width: {px(2.5)}px; }}
QAbstractSpinBox::up-arrow {{ image: url({sign("up", shade)}); width: {px(1.75)}px; height: {px(1.75)}px; }}
QAbstractSpinBox::down-arrow {{ image: url({sign("down", shade)}); width: {px(1.75)}px; height: {px(1.75)}px; }}
QDateEdit::drop-down, QDateTimeEdit::drop-down {{ border: none; background: transparent; width: {px(3)}px; }}
QDateEdit::down-arrow, QDateTimeEdit::down-arrow {{ image: url({sign("down", shade)}); width: {px(2)}px; height: {px(2)}px; }}
QComboBox QAbstractItemView {{ background: {c["raised"]}; border: 1px solid {c["line_strong"]}; padding: {px(0.5)}px; outline: none; }}
QComboBox QAbstractItemView::item {{ min-height: {px(3.5)}px; padding: 0 {px(1)}px; }}

QCalendarWidget QWidget#qt_calendar_navigationbar {{ background: {c["raised"]}; }}
QCalendarWidget QToolButton {{ font-weight: 600; padding: {px(0.5)}px; }}
QMenu {{ background: {c["raised"]}; border: 1px solid {c["line_strong"]}; padding: {px(0.5)}px; }}
QMenu::item {{ padding: {px(0.75)}px {px(3)}px {px(0.75)}px {px(1.5)}px; border-radius: {small_radius}px; }}
QMenu::item:selected {{ background: {c["accent_soft"]}; color: {c["text"]}; }}
QMenu::item:disabled {{ color: {c["line_strong"]}; }}
QMenu::separator {{ height: 1px; background: {c["line"]}; margin: {px(0.5)}px 0; }}
QMenu::icon {{ padding-left: {px(1)}px; }}
QMenuBar {{ background: {c["rail"]}; border: none; padding: 0 {px(0.5)}px; }}
QMenuBar::item {{ padding: {px(0.625)}px {px(1.25)}px; background: transparent; border-radius: {small_radius}px; }}
QMenuBar::item:selected {{ background: {c["line"]}; }}

QAbstractItemView {{ background: {c["window"]}; border: none; outline: none; selection-background-color: {c["accent_soft"]};
  selection-color: {c["text"]}; }}
QFrame[kind="floating"] QAbstractItemView {{ background: transparent; }}
QFrame[kind="floating"] QCalendarWidget QAbstractItemView {{ background: {c["raised"]}; }}
QHeaderView {{ background: {c["window"]}; border: none; }}
QHeaderView::section {{ background: {c["window"]}; color: {c["text_quiet"]}; border: none; border-bottom: 1px solid {c["line"]};
  padding: {px(0.75)}px {px(1)}px; font-size: {points["small"]}pt; }}
QHeaderView::section:first {{ padding-left: {px(3)}px; padding-right: {px(3)}px; }}
QHeaderView::section:hover {{ color: {c["text"]}; }}
QScrollBar:vertical {{ background: transparent; width: {px(1.5)}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {px(1.5)}px; margin: 0; }}
QScrollBar::handle {{ background: {c["line_strong"]}; border: {px(0.375)}px solid {c["window"]}; border-radius: {px(0.75)}px; min-height: {px(5)}px;
  min-width: {px(5)}px; }}
QScrollBar::handle:hover {{ background: {c["text_quiet"]}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; width: 0; height: 0; border: none; }}
QSplitter::handle {{ background: {c["line"]}; }}
QProgressBar {{ background: {c["line"]}; border: none; border-radius: {px(0.25)}px; max-height: {px(0.5)}px; min-height: {px(0.5)}px; text-align: center; }}
QProgressBar::chunk {{ background: {c["accent"]}; border-radius: {px(0.25)}px; }}
QTabBar::tab {{ background: transparent; color: {c["text_quiet"]}; padding: {px(0.75)}px {px(1.5)}px; border: none; border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {c["accent_text"]}; border-bottom: 2px solid {c["accent_text"]}; font-weight: 600; }}
QTabBar::tab:focus {{ background: {c["hover"]}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {c["line"]}; }}
QCheckBox::indicator, QAbstractItemView::indicator, QRadioButton::indicator, QMenu::indicator:non-exclusive {{ width: {px(1.75)}px; height: {px(1.75)}px;
  border: 1px solid {c["line_strong"]}; border-radius: {small_radius}px; background: {c["window"]}; }}
QMenu::indicator:non-exclusive {{ margin-left: {px(1)}px; }}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked, QMenu::indicator:non-exclusive:checked {{ background: {c["accent"]};
  border-color: {c["accent"]}; image: url({sign("check", ink)}); }}
QRadioButton::indicator {{ border-radius: {px(1) + 1}px; width: {px(2)}px; height: {px(2)}px; }}
QRadioButton::indicator:checked {{ border: {px(0.625)}px solid {c["accent"]}; width: {px(2) - 2 * px(0.625) + 2}px; height: {px(2) - 2 * px(0.625) + 2}px; }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border-color: {c["accent_text"]}; }}
QCheckBox, QRadioButton {{ spacing: {px(1)}px; min-height: {px(3)}px; }}
QCheckBox:focus, QRadioButton:focus {{ color: {c["accent_text"]}; }}
QDialog {{ background: {c["raised"]}; }}
QMessageBox QLabel#qt_msgbox_label {{ font-weight: 600; }}
"""
