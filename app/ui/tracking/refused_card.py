"""The card of what Jira did not accept: the fields it wants are given right there."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox

from app.ui.look import Look
from app.ui.tracking.cards import Card
from app.ui.tracking.outbox_items import Refused
from app.ui.tracking.value_chooser import ValueChooser
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import Item, label, row


class RefusedCard(Card):
    """An action item that was refused, or a step that its ticket did not take, and the way on.

    Signals
    -------
    sent_again(dict, bool):
        Words by the field's id, and whether they are meant for every ticket of the project.
    kept_as_draft(), linked(), settings_asked():
        It is not to be sent for now; its ticket, or how Jira is connected, is to be looked at.
    people_asked(str, str):
        A field's id, and a name or an e-mail that is looked for.
    """

    sent_again = Signal(dict, bool)
    kept_as_draft = Signal()
    linked = Signal()
    settings_asked = Signal()
    people_asked = Signal(str, str)

    def __init__(self, look: Look, item: Refused) -> None:
        self.item = item
        self._names = {field.id: field.name for field in item.wants}
        self._words = dict.fromkeys(self._names, "")
        self.choosers = {
            field.id: ValueChooser(look, field, "", name=field.name) for field in item.wants
        }
        self.for_all = QCheckBox(f"Use for every {item.project} action")
        self.for_all.setChecked(not item.has_ticket)
        self.wrong = label("", "secondary", "red", wrap=True)
        self.wrong.hide()
        self.send_button = Button(look, "Send again", "primary", size="small")
        keep = Button(look, "Keep as draft", "ghost", size="small")
        open_ = Button(look, "Open in Jira", "ghost", "arrow-square-out", size="small")
        settings = Button(look, "Jira settings…", "ghost", size="small")
        beside = [open_] if item.has_ticket else [keep] if item.wants else [keep, settings]
        super().__init__(
            *(look, item.head, "warning-circle", "red", item.chip),
            label(item.title, "secondary_strong", wrap=True),
            label(item.reason, "secondary", "text2", wrap=True),
            *self._questions(),
            *([self.for_all] if item.wants and not item.has_ticket else []),
            self.wrong,
            row(self.send_button, *beside, None, spacing=6),
        )
        for chooser in self.choosers.values():
            chooser.given.connect(self._take)
            chooser.people_asked.connect(self.people_asked)
        self.send_button.clicked.connect(self._send)
        keep.clicked.connect(self.kept_as_draft)
        open_.clicked.connect(self.linked)
        settings.clicked.connect(self.settings_asked)

    def _questions(self) -> list[Item]:
        parts: list[Item] = []
        for id, chooser in self.choosers.items():
            caption = label(self._names[id], "secondary_strong", "text2")
            caption.setBuddy(chooser.control)
            parts += [caption, chooser]
        return parts

    def say_wrong(self, words: str) -> None:
        """Say what of the answer cannot be."""
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))

    @Slot(str, str)
    def _take(self, id: str, words: str) -> None:
        self._words[id] = words

    @Slot()
    def _send(self) -> None:
        empty = next((id for id, words in self._words.items() if not words), "")
        if empty:
            self.say_wrong(f"{self._names[empty]} is still empty.")
            self.choosers[empty].setFocus()
            return
        self.say_wrong("")
        self.sent_again.emit(self._words, self.for_all.isChecked())
