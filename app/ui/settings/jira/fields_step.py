"""Step 4: what of an action item goes into which field of a ticket."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.ui.editor.fields.columns import Columns
from app.ui.look import Look
from app.ui.painting import ChipText
from app.ui.settings.jira.steps import Step
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Chip, IconLabel
from app.ui.widgets.layouts import Item, clear, column, frame, holder, horizontal_line, label, row

if TYPE_CHECKING:
    from app.ui.settings.jira.field_rows import Mapped
    from app.ui.settings.jira.value_chooser import ValueChooser
    from integrations.jira.offers import Offer
    from integrations.jira.remote import CreateField
    from models.tracking.connections import Connection

OURS, LINE = 150, 30
"""Width of the column of our words and height of a row, at 100 % text."""


class FieldsStep(Step):
    """The table of fields, with a value asked for where the project wants one.

    Signals
    -------
    again_asked():
        Read the fields again.
    change_asked(str):
        What is to be matched, as ``field_rows`` names it.
    given(str, str), people_asked(str, str):
        As ``ValueChooser`` tells them.
    """

    again_asked = Signal()
    change_asked = Signal(str)
    given = Signal(str, str)
    people_asked = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, 4, "Fields")
        self._look = look
        self.chip = Chip(look, ChipText(""))
        self.again = Button(look, "Read fields again", "ghost", "arrows-clockwise", size="small")
        self.again.clicked.connect(self.again_asked)
        self._rows = column(spacing=0, margins=(1, 1, 1, 1))
        self._card = frame(self._rows, "card")
        self._nothing = label(
            "They are read from the site once a project is chosen.", "secondary", "text2", wrap=True
        )
        self.choosers: dict[str, ValueChooser] = {}
        self.changers: dict[str, Button] = {}
        self._shown: object = None
        self.fill([self.chip, self.again], [self._nothing, self._card])
        self.show_draft(None, None)
        look.changed.connect(self._restart)

    def _restart(self) -> None:
        """Widths follow the size of the text at the next showing."""
        self._shown = None

    def show_draft(self, draft: "Connection | None", offer: "Offer | None") -> None:
        """Show what goes where, and ask for what is missing."""
        ready = draft is not None and offer is not None and bool(offer.fields)
        self._nothing.setVisible(not ready)
        self._card.setVisible(ready)
        self.again.setVisible(ready)
        self.chip.hide()
        if draft is None or offer is None or not ready:
            self._shown = None
            return
        from integrations.jira.offers import missing

        lacking = missing(draft, offer)
        if lacking:
            needs = "needs a value" if len(lacking) == 1 else "need a value"
            self.chip.show_chip(ChipText(f"{len(lacking)} {needs}", "amber", "warning"))
            self.chip.show()
        self._fill(draft, offer, frozenset(one.id for one in lacking))

    def _fill(self, draft: "Connection", offer: "Offer", lacking: frozenset[str]) -> None:
        """Rows anew where they say something else; the keyboard stays where it is."""
        from app.ui.settings.jira.field_rows import mapped_rows
        from integrations.jira.offers import asked_for

        mapped, asked = mapped_rows(draft, offer), asked_for(offer)
        state = mapped, asked, lacking, draft.id, draft.project
        if state == self._shown:
            return
        self._shown = state
        key = self._key_in_focus()
        self.choosers, self.changers = {}, {}
        clear(self._rows)
        look = self._look
        heads = (label(words, "micro_strong", "text3") for words in ("Afterwhy", "Jira field"))
        self._add(next(heads), [look.px(14), (next(heads), 1)], arrow=False)
        for one in mapped:
            self._add_mapped(one)
        for field in asked:
            self._add_asked(draft, field, is_open=field.id in lacking)
        if key is not None:
            self._focus(key)

    def _add(self, ours: QLabel, rest: list[Item], ground: str = "", *, arrow: bool = True) -> None:
        ours.setFixedWidth(self._look.px(OURS))
        between = [IconLabel(self._look, "arrow-right", "text3", 14)] if arrow else []
        if self._rows.count():
            self._rows.addWidget(horizontal_line())
        made = row(ours, *between, *rest, margins=(14, 2, 14, 2), spacing=12)
        line = frame(made, ground)
        line.setMinimumHeight(self._look.px(LINE))
        self._rows.addWidget(line)

    def _add_mapped(self, mapped: "Mapped") -> None:
        look = self._look
        rest: list[Item] = [(label(mapped.theirs, "body", wrap=True), 1)]
        if mapped.is_required:
            rest.append(Chip(look, ChipText("Required")))
        if mapped.change:
            button = Button(look, "Change…", "link", size="small")
            button.setAccessibleName(f"{mapped.ours}: change how it is matched")
            button.clicked.connect(lambda: self.change_asked.emit(mapped.change))
            self.changers[mapped.change] = button
            rest.append(button)
        sent = mapped.is_sent
        icon = IconLabel(
            look, "check-circle" if sent else "minus", "green" if sent else "text3", 14
        )
        ours = label(mapped.ours, "body_medium", wrap=True)
        self._add(ours, [*rest, icon])

    def _add_asked(self, draft: "Connection", field: "CreateField", *, is_open: bool) -> None:
        from app.ui.settings.jira.value_chooser import ValueChooser
        from integrations.jira.field_values import field_words

        look = self._look
        chooser = ValueChooser(look, field, field_words(draft.fields.get(field.id)))
        chooser.given.connect(self.given)
        chooser.people_asked.connect(self.people_asked)
        self.choosers[field.id] = chooser
        name = label(field.name, "body_strong" if is_open else "body", wrap=True)
        kind, icon = ("amber", "asterisk") if is_open else ("neutral", "")
        chip = Chip(look, ChipText(f"Required in {draft.project}", kind, icon))  # type: ignore[arg-type]
        head = holder(row(name, chip, None))
        head.setMinimumHeight(chooser.sizeHint().height())
        self._add(
            label("Always the same value", "body", "text2", wrap=True),
            [(Columns(look, head, chooser, least=200), 1)],
            "amber" if is_open else "",
        )

    # -- keyboard ------------------------------------------------------------------------------

    def _key_in_focus(self) -> str | None:
        focus = QApplication.focusWidget()
        if focus is None:
            return None
        parts: dict[str, QWidget] = {**self.choosers, **self.changers}
        for key, widget in parts.items():
            if focus is widget or widget.isAncestorOf(focus):
                return key
        return None

    def _focus(self, key: str) -> None:
        found = self.choosers.get(key) or self.changers.get(key)
        if found is not None:
            found.setFocus()
