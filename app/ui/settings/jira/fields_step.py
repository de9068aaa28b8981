"""Step 4: what of an action item goes into which field of a ticket."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel

from app.ui.look import Look
from app.ui.painting import ChipText
from app.ui.settings.jira.steps import Step
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Chip, IconLabel
from app.ui.widgets.layouts import Item, clear, column, frame, horizontal_line, label, row

if TYPE_CHECKING:
    from app.ui.settings.jira.asked_row import AskedRow
    from app.ui.settings.jira.field_rows import Mapped
    from app.ui.tracking.value_chooser import ValueChooser
    from integrations.jira.offers import Offer
    from models.tracking.connections import Connection
    from models.tracking.screens import CreateField

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
        self._above_rows, self._below_rows = column(spacing=0), column(spacing=0)
        heads = [label(words, "micro_strong", "text3") for words in ("Afterwhy", "Jira field")]
        self._head = heads[0]
        head = self._line(heads[0], [look.px(14), (heads[1], 1)], arrow=False)
        self._card = frame(
            column(head, self._above_rows, self._below_rows, spacing=0, margins=(1, 1, 1, 1)),
            "card",
        )
        self._nothing = label(
            "They are read from the site once a project is chosen.", "secondary", "text2", wrap=True
        )
        self._rows_asked: dict[str, AskedRow] = {}
        self.changers: dict[str, Button] = {}
        self._shown: tuple[Connection | None, Offer | None] = None, None
        self._asked: object = None
        self._mapped: object = None
        self.fill([self.chip, self.again], [self._nothing, self._card])
        self.show_draft(None, None)
        look.changed.connect(self._restyle)

    def _restyle(self) -> None:
        """Widths follow the size of the text."""
        self._asked = self._mapped = None
        self._head.setFixedWidth(self._look.px(OURS))
        self.show_draft(*self._shown)

    def show_draft(self, draft: "Connection | None", offer: "Offer | None") -> None:
        """Show what goes where, and ask for what is missing."""
        self._shown = draft, offer
        ready = draft is not None and offer is not None and bool(offer.fields)
        self._nothing.setVisible(not ready)
        self._card.setVisible(ready)
        self.again.setVisible(ready)
        self.chip.hide()
        if draft is None or offer is None or not ready:
            self._asked = self._mapped = None
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
        if (asked, draft.id, draft.project) != self._asked:
            self._asked = asked, draft.id, draft.project
            self._fill_asked(draft, asked)
        for id, one in self._rows_asked.items():
            one.show_open(is_open=id in lacking)
        if mapped == self._mapped:
            return
        self._mapped = mapped
        key = next((key for key, button in self.changers.items() if button.hasFocus()), "")
        self.changers = {}
        clear(self._below_rows)
        for row_ in mapped:
            self._add_mapped(row_)
        if key in self.changers:
            self.changers[key].setFocus()

    def _fill_asked(self, draft: "Connection", asked: "tuple[CreateField, ...]") -> None:
        """First, since somebody has to answer them."""
        from app.ui.settings.jira.asked_row import AskedRow
        from integrations.jira.field_values import field_words

        self._rows_asked = {}
        clear(self._above_rows)
        look = self._look
        for field in asked:
            words = field_words(draft.fields.get(field.id))
            made = AskedRow(look, field, words, draft.project, look.px(OURS))
            made.chooser.given.connect(self.given)
            made.chooser.people_asked.connect(self.people_asked)
            self._rows_asked[field.id] = made
            self._above_rows.addWidget(horizontal_line())
            self._above_rows.addWidget(made)

    @property
    def choosers(self) -> "dict[str, ValueChooser]":
        """What asks for values, by the fields' ids."""
        return {id: one.chooser for id, one in self._rows_asked.items()}

    def _line(self, ours: QLabel, rest: list[Item], *, arrow: bool = True) -> QFrame:
        ours.setFixedWidth(self._look.px(OURS))
        between = [IconLabel(self._look, "arrow-right", "text3", 14)] if arrow else []
        made = row(ours, *between, *rest, margins=(14, 2, 14, 2), spacing=12)
        line = frame(made, "")
        line.setMinimumHeight(self._look.px(LINE))
        return line

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
        icon, tone = ("check-circle", "green") if mapped.is_sent else ("minus", "text3")
        rest.append(IconLabel(look, icon, tone, 14))  # type: ignore[arg-type]
        self._below_rows.addWidget(horizontal_line())
        self._below_rows.addWidget(self._line(label(mapped.ours, "body_medium", wrap=True), rest))
