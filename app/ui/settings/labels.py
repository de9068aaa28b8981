"""Services and tags: how often each is used, rename, merge."""

from collections import Counter
from typing import Literal

from PySide6.QtCore import QItemSelection, Slot
from PySide6.QtWidgets import QLineEdit

from app.ui import changing
from app.ui.context import Context
from app.ui.settings.names import NameList, NameModel
from app.ui.settings.section import Section
from app.ui.widgets.buttons import Button, Segmented
from app.ui.widgets.layouts import column, frame, label, row
from models.queries.catalogue import Row, catalogue

Kind = Literal["service", "tag"]


class LabelSettings(Section):
    """Choose one name to rename it, several to merge them into one."""

    title = "Services and tags"
    hint = "Rename or merge them in every post-mortem."
    icon = "cube"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._rows: tuple[Row, ...] = ()
        look = context.look
        self.kinds = Segmented("Kind", (("service", "Services"), ("tag", "Tags")))
        self.kinds.chosen.connect(self._show)
        self._names = NameModel(self)
        self.list = NameList(look, self._names, "Services")
        self.list.selectionModel().selectionChanged.connect(self._selected)
        self.name = QLineEdit()
        self.name.setAccessibleName("New name")
        self.name.setPlaceholderText("New name")
        self.name.textChanged.connect(self._enable)
        self.name.returnPressed.connect(self._rename)
        self.rename_button = Button(look, "Rename", icon="pencil-simple")
        self.rename_button.clicked.connect(self._rename)
        self._hint = label("", "secondary", "text2", wrap=True)
        place = frame(column(self.list, margins=(4, 4, 4, 4)), "card")
        self.setLayout(
            column(
                row(self.kinds, None),
                (place, 1),
                self._hint,
                row((self.name, 1), self.rename_button),
                spacing=10,
            )
        )
        self._enable()

    def refresh(self) -> None:
        """Read the names."""

        def show(rows: tuple[Row, ...]) -> None:
            self._rows = rows
            self._show()

        self.context.read(lambda workspace: catalogue(workspace.library), show)

    @Slot()
    def _show(self) -> None:
        services = self.kinds.key == "service"
        names = Counter(
            name for row_ in self._rows for name in (row_.services if services else row_.tags)
        )
        ordered = sorted(names.items(), key=lambda item: (-item[1], item[0].casefold()))
        self._names.show_rows(ordered)
        self.list.setAccessibleName("Services" if services else "Tags")
        self._enable()

    def chosen(self) -> list[str]:
        """The selected names."""
        indexes = sorted(self.list.selectionModel().selectedIndexes(), key=lambda i: i.row())
        return [self._names.entry(index)[0] for index in indexes]

    @Slot(QItemSelection, QItemSelection)
    def _selected(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        chosen = self.chosen()
        if chosen:
            self.name.setText(chosen[0])
        self._enable()

    @Slot()
    def _enable(self) -> None:
        chosen, new = self.chosen(), self.name.text().strip()
        merging = len(chosen) > 1 or (self._names.has(new) and chosen != [new])
        self.rename_button.setText("Merge" if merging else "Rename")
        ready = bool(chosen and new) and chosen != [new]
        self.rename_button.setEnabled(ready)
        if not chosen:
            words = "Choose one to rename it, or several to merge them into one."
        elif merging:
            words = f"Every post-mortem of {', '.join(chosen)} will have “{new}”."
        elif ready:
            words = f"“{chosen[0]}” becomes “{new}” everywhere."
        else:
            words = "Give the new name."
        self._hint.setText(words)

    @Slot()
    def _rename(self) -> None:
        chosen, new = self.chosen(), self.name.text().strip()
        if self.rename_button.isEnabled():
            kind: Kind = "service" if self.kinds.key == "service" else "tag"
            changing.rename(self.context, kind, chosen, new)
