"""The language check: the words that the user always keeps."""

from PySide6.QtCore import QItemSelection, Qt, Slot

from app.ui.context import Context
from app.ui.editor.language.keeping import Kept
from app.ui.settings.names import NameModel
from app.ui.settings.section import Section
from app.ui.settings.writing import WordList
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import column, frame, label, row
from app.ui.wording import count


class LanguageSettings(Section):
    """What is kept everywhere, and a way to have it judged again."""

    title = "Language hints"
    hint = "Words that blame or stay vague have an amber wave while you write."
    icon = "quotes"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look = context.look
        self._language = context.language
        self._kept: tuple[Kept, ...] = ()
        self.words = NameModel(self)
        self.list = WordList(look, self.words, "Words that you always keep")
        self.list.removal_requested.connect(self._remove)
        self.list.selectionModel().selectionChanged.connect(self._selected)
        self.remove_button = Button(look, "Check again", icon="trash", tip="Check again (Del)")
        self.remove_button.clicked.connect(self._remove)
        self._number = label("", "secondary", "text2")
        place = frame(column(self.list, margins=(4, 4, 4, 4)), "card")
        self.setLayout(
            column(
                label("Words that you always keep", "question"),
                label(
                    "Keep words with “Always keep” beside a hint. They are left alone in every"
                    " post-mortem on this device until you remove them here. What you keep once"
                    " is listed below the hints of its post-mortem.",
                    "secondary",
                    "text2",
                    wrap=True,
                ),
                (place, 1),
                row(self._number, None, self.remove_button),
            )
        )
        self._language.changed.connect(self._show)
        self._language.prepare()
        self._show()

    @Slot()
    def _show(self) -> None:
        kept = self._language.kept()
        self._kept = kept
        names = [(self._name(one), None) for one in kept]
        if names != list(self.words.entries()):
            self.words.show_rows(names)
        self._number.setText(count(len(kept), "wording") if kept else "None yet.")
        self._enable()

    def _name(self, kept: Kept) -> str:
        rule = self._language.name_of(kept.rule)
        return f"{rule}: “{kept.words}”" if kept.words else rule

    @Slot()
    def _remove(self) -> None:
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        chosen = [self._kept[number] for number in rows]
        if not chosen or not self._language.judge_again(chosen):
            return

        def restore() -> None:
            for one in chosen:
                self._language.keep(one)

        self.context.messages.toast(f"{count(len(chosen), 'wording')} checked again.", restore)
        left = self.words.rowCount()
        if left:
            self.list.setCurrentIndex(self.words.index(min(rows[0], left - 1), 0))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(QItemSelection, QItemSelection)
    def _selected(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        self._enable()

    @Slot()
    def _enable(self) -> None:
        self.remove_button.setEnabled(bool(self.list.selectionModel().selectedIndexes()))
