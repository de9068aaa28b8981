"""What a paste leaves open, asked once for all its rows."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCompleter, QFrame, QWidget

from app.ui.editor.fields.line import LineField
from app.ui.editor.fields.moment import DayField, MomentField
from app.ui.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import IconLabel
from app.ui.widgets.layouts import column, label, restyle, row, set_tone
from app.ui.wording import count
from integrations.markdown.zones import Zone, zone_from, zone_names
from integrations.timeline.resolving import Answers
from integrations.timeline.rows import Asked, Question

_SHORT = ("UTC", "CET", "CEST", "EST", "EDT", "PST", "PDT", "BST", "JST", "UTC+2", "UTC-5")


class ZoneField(LineField):
    """The name of a zone; known names complete while typing."""

    def __init__(self) -> None:
        super().__init__("Time zone", "Europe/Berlin, CET, UTC+2")
        names = sorted(zone_names())
        self._names = {name.casefold(): name for name in names}
        completer = QCompleter([*_SHORT, *names], self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)

    @property
    def zone(self) -> Zone | None:
        """The zone that is named; None for no zone, and for the name of several."""
        text = self.text().strip()
        zone = zone_from(self._names.get(text.casefold(), text.upper())) if text else None
        return None if zone is None or zone.doubtful else zone


class _Asking(QWidget):
    """One question with the field that answers it."""

    def __init__(self, *fields: QWidget) -> None:
        super().__init__()
        self.words = label("", "body_strong", wrap=True)
        self.words.setBuddy(fields[0])
        self.setLayout(row((self.words, 3), *((field, 2) for field in fields), spacing=12))


class PasteQuestions(QFrame):
    """Amber while something is open; what was answered stays there to be changed.

    Signals
    -------
    answered():
        The author answered, or changed an answer.
    """

    answered = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("ground", "amber")
        self._title = label("", "secondary", "amber", wrap=True)
        self.zone = ZoneField()
        self.zone.editingFinished.connect(self._zone_named)
        self._zone: Zone | None = None
        self.day = DayField("Day")
        self._day: date | None = None
        self._is_assumed = False
        self.day.edited.connect(self._dated)
        self.start = MomentField("Start")
        self.start.edited.connect(self._tell)
        self.copied = MomentField("When it was copied")
        self.copied.edited.connect(self._tell)
        self.day_first = Button(look, "Day first", size="small")
        self.month_first = Button(look, "Month first", size="small")
        self._order: bool | None = None
        for button, answer in ((self.day_first, True), (self.month_first, False)):
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, answer=answer: self._ordered(answer))
        self.asking = {
            Asked.ZONE: _Asking(self.zone),
            Asked.DAY: _Asking(self.day),
            Asked.ORDER: _Asking(self.day_first, self.month_first),
            Asked.START: _Asking(self.start),
            Asked.COPIED: _Asking(self.copied),
        }
        self._icon = IconLabel(look, "warning", "amber")
        head = row(self._icon, (self._title, 1), spacing=8)
        self.setLayout(column(head, *self.asking.values(), margins=(14, 10, 14, 10), spacing=8))
        self._seen: set[Asked] = set()
        self.show_questions(())

    @property
    def answers(self) -> Answers:
        """What is answered so far."""
        return Answers(
            zone=self._zone,
            day=self._day,
            day_first=self._order,
            start=self.start.moment,
            now=self.copied.instant,
        )

    def show_questions(self, questions: Iterable[Question], waiting: int = 0) -> None:
        """Ask these for the rows that wait; what was asked before stays, with its answer."""
        open_ = {question.asked: question for question in questions}
        self._seen |= open_.keys()
        self._title.setText(
            f"{count(waiting, 'row')} cannot be placed in time before this is answered."
            if waiting
            else "Answered. Change an answer and the rows are read again."
        )
        set_tone(self._title, "amber" if waiting else "text2")
        self._icon.set_icon(*(("warning", "amber") if waiting else ("check-circle", "green")))
        self.setProperty("ground", "amber" if waiting else "card")
        restyle(self)
        for asked, asking in self.asking.items():
            asking.setVisible(asked in self._seen)
            if asked in open_:
                asking.words.setText(open_[asked].words)
        self.setVisible(bool(self._seen))

    def propose(self, zone: str) -> None:
        """Put the zone of the last time into the field; it counts when it is confirmed."""
        if not self.zone.text():
            self.zone.show_text(zone)
            self.zone.selectAll()

    def assume(self, day: date | None) -> bool:
        """Answer the day that is asked with the incident's, once; it counts, and can be changed."""
        if day is None or self._is_assumed or Asked.DAY not in self._seen:
            return False
        self._day, self._is_assumed = day, True
        self.day.show_value(day)
        asking = self.asking[Asked.DAY]
        asking.words.setText(f"{asking.words.text()} The incident's day is filled in.")
        return True

    def first_open(self, questions: Iterable[Question]) -> QWidget | None:
        """The field of the first question."""
        fields = {
            Asked.ZONE: self.zone,
            Asked.DAY: self.day,
            Asked.ORDER: self.day_first,
            Asked.START: self.start,
            Asked.COPIED: self.copied,
        }
        return next((fields[question.asked] for question in questions), None)

    @Slot()
    def _zone_named(self) -> None:
        zone = self.zone.zone
        if zone != self._zone:
            self._zone = zone
            self.answered.emit()

    @Slot(object)
    def _dated(self, day: date | None) -> None:
        self._day = day
        self.answered.emit()

    def _ordered(self, answer: bool) -> None:
        self._order = answer
        self.day_first.setChecked(answer)
        self.month_first.setChecked(not answer)
        self.answered.emit()

    @Slot()
    def _tell(self) -> None:
        self.answered.emit()
