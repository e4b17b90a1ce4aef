"""The settings of a channel as a form made from the service's manifest, each kept as soon as it is set."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from desktop.ui.pages.channels.words import ONLY_WITH, choice
from desktop.ui.theme import Theme
from desktop.ui.widgets.combo import Combo, name_box
from desktop.ui.widgets.edited import InPlace
from desktop.ui.widgets.label import label
from integrations.base import Field, FieldKind
from resources.translations import _


class Fields(QWidget):
    """The fields of a service.

    Args:
        keep: called with a field's name, its new value, and what says that it can't be so.
    """

    def __init__(self, theme: Theme, keep: Callable[[str, str, Callable[[str], object]], object]) -> None:
        super().__init__()
        self._keep = keep
        self._declared: Sequence[Field] = ()
        self._editors: dict[str, InPlace | QComboBox] = {}
        self._heads: dict[str, QLabel] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.px(0.5))

    def show_fields(self, declared: Sequence[Field], values: Mapping[str, str]) -> None:
        """Show what is set."""
        shown = [field for field in declared if not field.secret]
        if shown != self._declared:
            self._declared = shown
            self._build()
        for field in shown:
            value = values.get(field.name) or field.default
            needs = ONLY_WITH.get(field.name)
            for widget in (self._heads[field.name], self._editors[field.name]):
                widget.setVisible(needs is None or values.get(needs[0]) == needs[1])
            editor = self._editors[field.name]
            if isinstance(editor, InPlace):
                editor.show_text(value)
            else:
                editor.setCurrentIndex(editor.findData(value))

    def editor(self, name: str) -> "InPlace | QComboBox":
        """What a field is edited with."""
        return self._editors[name]

    def keep(self) -> None:
        """Keep what is being typed."""
        for editor in self._editors.values():
            if isinstance(editor, InPlace):
                editor.keep()

    def _build(self) -> None:
        while (item := self._box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._editors, self._heads = {}, {}
        for field in self._declared:
            head = label(_(field.label), "quiet small")
            self._box.addWidget(head)
            self._heads[field.name] = head
            editor = self._editor(field)
            editor.setToolTip(_(field.help) if field.help else "")
            self._editors[field.name] = editor
            self._box.addWidget(editor)

    def _editor(self, field: Field) -> "InPlace | QComboBox":
        if field.kind is FieldKind.CHOICE:
            box = Combo()
            name_box(box, _(field.label))
            for value in field.choices:
                box.addItem(choice(field, value), value)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.activated.connect(lambda _index: self._keep(field.name, str(box.currentData()), lambda _problem: None))
            return box
        line = InPlace(_(field.label), lambda text: self._keep(field.name, text, line.refuse), hint=_("none"))
        return line
