"""Making events of what was copied from a chat, a log, an alert or a table."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QDialog, QSplitter, QWidget

from app.ui.context import Context
from app.ui.editor.fields.choice import ChoiceField, spoken
from app.ui.editor.fields.typed_time import near_to
from app.ui.editor.prose.keys import MASK
from app.ui.editor.timeline.paste_questions import PasteQuestions
from app.ui.editor.timeline.paste_rows import PasteModel, note
from app.ui.editor.timeline.paste_table import PasteTable
from app.ui.editor.timeline.source_text import SourceEdit
from app.ui.pacing import pause
from app.ui.widgets.buttons import Button
from app.ui.widgets.dialogs import press_from_anywhere
from app.ui.widgets.layouts import column, holder, label, row
from app.ui.widgets.messages import Banner
from app.ui.wording import count
from integrations.timeline.pages import as_text, is_page
from integrations.timeline.reading import read_events
from integrations.timeline.resolving import Answers
from integrations.timeline.rows import Reading
from models import secrets
from models.domain.incident import Event, Incident, occurred
from models.domain.moments import Precision

PAUSE_MS = 250
ZONE = "paste_zone"
"""The preference that keeps the zone that was answered last."""
LOOKED_AT = 4_000
"""Letters of a paste that tell whether it is a timeline."""
SMALL = 8_000
"""Letters that are read at once, in some milliseconds; longer texts are read beside the window."""

PAGE = 200_000
"""Letters of HTML that are read: a long page in a tenth of a second."""


class PasteDialog(QDialog):
    """The source at the left, the rows read from it at the right, to be ticked and added.

    Signals
    -------
    taken(object):
        The author adds this list of events.
    """

    taken = Signal(object)

    def __init__(self, context: Context, incident: Incident, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._incident = context, incident
        self.reading = Reading()
        self._asked_for = 0
        look = context.look
        self.setWindowTitle("Events from a chat, log or table")
        self.setAccessibleName(self.windowTitle())
        self.source = SourceEdit(look)
        self.source.setAccessibleName("What was copied")
        self.source.setPlaceholderText(
            "Paste messages, alerts, a log, a table, commits or mails: whatever has times in it."
        )
        self.source.textChanged.connect(self._changed)
        self.questions = PasteQuestions(look)
        self.questions.answered.connect(self.read)
        self.secret = Banner(look)
        self.secret.close_button.hide()
        QShortcut(MASK, self, self.mask_secrets)
        self.model = PasteModel(context.wording, self)
        self.model.decided.connect(self._tell)
        self.table = PasteTable(look, self.model)
        self.table.selectionModel().currentRowChanged.connect(self._row_chosen)
        self.table.ticked.connect(self.model.tick)
        self.table.starred.connect(self.model.star)
        self.table.kind_requested.connect(self._next_kind)
        self.table.chosen.connect(self.model.choose)
        self.table.accepted.connect(self.take)
        self._pause = pause(self, self.read, PAUSE_MS)
        self._lay_out()
        used = Counter(e.zone for e in incident.timeline if e.at and e.zone != "UTC")
        usual = used.most_common(1)[0][0] if used else ""
        self.questions.propose(context.preferences.text(ZONE, usual))
        self._show(Reading())

    def _lay_out(self) -> None:
        look = self._context.look
        kinds = self._context.workspace.vocabularies.event_kinds
        self.kind = ChoiceField("Kind", [(t.id, t.name, t.description) for t in kinds.terms])
        self.kind.chosen.connect(self._kind_chosen)
        self.about = label("", "secondary", "text2", wrap=True)
        self.star_button = Button(look, "Star", icon="star", size="small", tip="Star (*)")
        self.star_button.clicked.connect(lambda: self._with_row(self.model.star))
        self.choices = [Button(look, "", size="small") for _ in range(2)]
        for place, button in enumerate(self.choices):
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, place=place: self._choose(place))
        self.detail = holder(
            column(
                self.about,
                row(spoken(self.kind), self.kind, self.star_button, *self.choices, None),
                spacing=6,
            )
        )
        caption = label("What was copied", "secondary_strong", "text2")
        caption.setBuddy(self.source)
        self.found = label("", "secondary_strong", "text2", wrap=True)
        self.found.setBuddy(self.table)
        left = holder(column(caption, (self.source, 1), spacing=6))
        right = holder(
            column(self.found, (self.table, 1), self.detail, margins=(12, 0, 0, 0), spacing=6)
        )
        sides = QSplitter(Qt.Orientation.Horizontal)
        for side, share in ((left, 2), (right, 5)):
            sides.addWidget(side)
            sides.setStretchFactor(sides.count() - 1, share)
        sides.setChildrenCollapsible(False)
        self.left_over = label("", "secondary", "text2", wrap=True)
        self.add_button = Button(look, "Add events", "primary", "plus")
        self.add_button.clicked.connect(self.take)
        press_from_anywhere(self, self.add_button)
        cancel = Button(look, "Cancel")
        cancel.clicked.connect(self.reject)
        self.setLayout(
            column(
                self.secret,
                self.questions,
                (sides, 1),
                row((self.left_over, 1), cancel, self.add_button, spacing=12),
                margins=(20, 16, 20, 16),
                spacing=10,
            )
        )
        self.setMinimumSize(720, 480)
        self.resize(look.px(1160), look.px(680))
        if (window := self.parentWidget()) is not None:
            self.resize(self.size().boundedTo(window.size() - QSize(40, 40)))

    # -- reading -------------------------------------------------------------------------------

    def paste(self, text: str) -> None:
        """Show a text and what can be read from it."""
        self.source.show_text(text)
        self.read()
        questions = self.questions.first_open(self.reading.questions)
        (questions or self.table).setFocus()

    @Slot()
    def read(self) -> None:
        """Read the text with the answers there are; a long one beside the window."""
        self._pause.stop()
        text, answers = self.source.toPlainText(), self._answers()
        if is_page(text):
            text = self._shown_as_text(text)
        known, kinds = self._incident.timeline, self._context.workspace.vocabularies.event_kinds
        self._asked_for += 1
        turn = self._asked_for
        self._warn_of_secrets()
        if len(text) <= SMALL:
            self._show(read_events(text, answers, known=known, kinds=kinds))
            return
        self.found.setText("Reading …")
        self._context.runner.submit(
            "search",
            lambda job: read_events(text, answers, known=known, kinds=kinds),
            lambda reading: self._show(reading) if turn == self._asked_for else None,
        )

    def _shown_as_text(self, page: str) -> str:
        """HTML as what it shows: places of rows are those of the words that stand there."""
        text = as_text(page[:PAGE])
        self.source.show_text(text)
        self._pause.stop()
        return text

    def done(self, result: int) -> None:
        """Nothing is read for a dialog that is closed."""
        self._pause.stop()
        self._asked_for += 1
        super().done(result)

    def _answers(self) -> Answers:
        """What the author said, and what the incident knows of its day and its start."""
        answers = self.questions.answers
        start = answers.start or self._incident.times.onset
        return replace(answers, near=answers.day or self._day(rough=True), start=start)

    def _day(self, *, rough: bool = False) -> date | None:
        """The day of the incident where it is known; ``rough`` for any of its month."""
        happened = occurred(self._incident)
        near = near_to([happened])
        if happened is None or near is None:
            return None
        return near.day if rough or happened.precision is not Precision.MONTH else None

    @Slot()
    def _changed(self) -> None:
        self._pause.start()

    def _warn_of_secrets(self) -> None:
        """Say what should not be kept, and offer to mask it before anything is."""
        found = secrets.find(self.source.toPlainText())
        self.secret.setVisible(bool(found))
        if found:
            them = "it" if len(found) == 1 else "them"
            title = f"This holds {secrets.told(found)}."
            text = "The source text is kept with each event, in the history and in every copy. "
            text += f"{MASK.toString()} masks {them}."
            self.secret.say("amber", title, text, (f"Mask {them}", self.mask_secrets))

    def mask_secrets(self) -> None:
        """Put words in the place of each secret of the source, and read it again."""
        text = self.source.toPlainText()
        if found := secrets.find(text):
            self.source.show_text(secrets.masked(text, found))
            self.read()

    def _show(self, reading: Reading) -> None:
        place = self.table.currentIndex().row()
        self.reading = reading
        self.model.show(reading)
        self.questions.show_questions(reading.questions, reading.open_rows)
        if self.questions.assume(self._day()):
            self.read()
            return
        if reading.rows:
            self.table.setCurrentIndex(
                self.model.index(min(max(place, 0), len(reading.rows) - 1), 0)
            )
        self._tell()

    # -- telling -------------------------------------------------------------------------------

    @Slot()
    def _tell(self) -> None:
        """Say how much there is, what is left over, and what the button will do."""
        reading, ticked = self.reading, self.model.ticked()
        parts = [f"{count(len(reading.rows), 'event')} read"]
        same = sum(bool(r.same_as) for r in reading.rows)
        open_ = sum(row.moment.at is None for row in ticked)
        parts += [f"{same} told twice"] if same else []
        parts += [f"{open_} without a certain time"] if open_ else []
        self.found.setText(", ".join(parts) if self.source.toPlainText().strip() else "Events")
        left = reading.leftovers
        shown = "; ".join(f"“{' '.join(rest.text.split())[:50]}”" for rest in left[:2])
        more = f" and {len(left) - 2} more" if len(left) > 2 else ""
        self.left_over.setText(f"Left over, in no event: {shown}{more}" if left else "")
        self.add_button.setText(f" Add {count(len(ticked), 'event')}")
        self.add_button.setAccessibleName(f"Add {count(len(ticked), 'event')}")
        self.add_button.setEnabled(bool(ticked))
        self._show_detail()

    def _show_detail(self) -> None:
        place = self.table.currentIndex().row()
        found = self.model.read_row(place)
        self.detail.setVisible(found is not None)
        if found is None:
            self.source.mark(None)
            return
        said = found.text if len(found.text) < 240 else f"{found.text[:240]} …"
        seen = "" if found.moment.at else f"time in the source: {found.written}"
        told = filter(None, (seen, note(found), found.because and f"kind: {found.because}"))
        self.about.setText(" · ".join((" ".join(said.split()), *told)))
        self.kind.show_key(found.kind)
        self.star_button.set_icon("star-fill" if self.model.is_starred(place) else "star")
        for number, button in enumerate(self.choices):
            button.setVisible(number < len(found.choices))
            if number < len(found.choices):
                button.setText(f"{number + 1}: {found.choices[number].words}")
                button.setAccessibleName(f"It was {found.choices[number].words}")
                button.setChecked(self.model.choice(place) == number)
        self.source.mark((found.start, found.end))

    # -- deciding ------------------------------------------------------------------------------

    @Slot(QModelIndex)
    def _row_chosen(self, index: QModelIndex) -> None:
        self._show_detail()

    @Slot(int)
    def _next_kind(self, place: int) -> None:
        kinds = [term.id for term in self._context.workspace.vocabularies.event_kinds.terms]
        found = self.model.read_row(place)
        after = kinds.index(found.kind) + 1 if found and found.kind in kinds else 0
        self.model.set_kind(place, kinds[after % len(kinds)])

    @Slot(str)
    def _kind_chosen(self, kind: str) -> None:
        self._with_row(lambda place: self.model.set_kind(place, kind))

    def _choose(self, choice: int) -> None:
        self._with_row(lambda place: self.model.choose(place, choice))

    def _with_row(self, act: Callable[[int], None]) -> None:
        place = self.table.currentIndex().row()
        if place >= 0:
            act(place)

    @Slot()
    def take(self) -> None:
        """Hand over what is ticked."""
        events: list[Event] = self.model.events()
        if not events:
            return
        zone = self.questions.answers.zone
        if zone is not None:
            self._context.preferences.set_text(ZONE, zone.name)
        self.taken.emit(events)
        self.accept()


def looks_like_events(text: str) -> bool:
    """Whether a pasted text has several lines with times in it; its beginning tells."""
    return "\n" in text.strip() and len(read_events(as_text(text[:LOOKED_AT])).rows) > 1
