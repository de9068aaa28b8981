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
from integrations.markdown.zones import SHARED, Zone, zone_from, zone_names
from integrations.timeline.resolving import Answers
from integrations.timeline.rows import Asked, Question

_SHORT = ("UTC", "CET", "CEST", "EST", "EDT", "PST", "PDT", "BST", "JST", "UTC+2", "UTC-5")

Key = tuple[Asked, str]
"""What is asked, and the abbreviation whose zone it is."""
DAY: Key = (Asked.DAY, "")


class ZoneField(LineField):
    """The name of a zone; known names complete while typing.

    ``abbreviation`` is the name of several zones whose meaning is asked for.
    """

    def __init__(self, abbreviation: str = "") -> None:
        examples = ", ".join(SHARED.get(abbreviation, ("Europe/Berlin", "CET", "UTC+2")))
        super().__init__(f"Time zone of {abbreviation}" if abbreviation else "Time zone", examples)
        names = sorted(zone_names())
        self._names = {name.casefold(): name for name in names}
        completer = QCompleter([*SHARED.get(abbreviation, _SHORT), *names], self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)

    @property
    def zone(self) -> Zone | None:
        """The zone that is named; None for no zone, and for the name of several."""
        text = self.text().strip()
        zone = zone_from(self._names.get(text.casefold(), text.upper())) if text else None
        return None if zone is None or zone.doubtful else zone

    @property
    def fault(self) -> str:
        """What is wrong with a text that names no zone; "" while nothing is."""
        text = self.text().strip()
        if not text or self.zone is not None:
            return ""
        several = zone_from(text.upper()) is not None
        what = "stands for several zones" if several else "is no time zone that is known here"
        return f"“{text}” {what}. Write Europe/Berlin, CET or UTC+2."


class _Asking(QWidget):
    """One question with the field that answers it, and what is wrong with the answer."""

    def __init__(self, *fields: QWidget) -> None:
        super().__init__()
        self.field = fields[0]
        self.words = label("", "body_strong", wrap=True)
        self.words.setBuddy(fields[0])
        self.fault = label("", "secondary", "red", wrap=True)
        asked = row((self.words, 3), *((field, 2) for field in fields), spacing=12)
        self.setLayout(column(asked, self.fault, spacing=4))
        self.blame("")

    def blame(self, fault: str) -> None:
        """Say at the field what is wrong with its text; "" for nothing."""
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))
        self.field.setAccessibleDescription(fault)
        self.field.setProperty("wrong", bool(fault))
        restyle(self.field)


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
        self._zones: dict[str, Zone] = {}
        self.asking: dict[Key, _Asking] = {}
        self._icon = IconLabel(look, "warning", "amber")
        head = row(self._icon, (self._title, 1), spacing=8)
        self._column = column(head, margins=(14, 10, 14, 10), spacing=8)
        self.setLayout(self._column)
        self.zone = self._zone_asked("")
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
        self._ask((Asked.DAY, ""), self.day)
        self._ask((Asked.ORDER, ""), self.day_first, self.month_first)
        self._ask((Asked.START, ""), self.start)
        self._ask((Asked.COPIED, ""), self.copied)
        self._seen: set[Key] = set()
        self.show_questions(())

    def _ask(self, key: Key, *fields: QWidget) -> None:
        """One more question; those about zones stand first."""
        asking = self.asking[key] = _Asking(*fields)
        zones = sum(asked is Asked.ZONE for asked, _ in self.asking)
        place = zones if key[0] is Asked.ZONE else self._column.count()
        self._column.insertWidget(place, asking)
        before = self.asking.get((Asked.ZONE, ""))
        if key[1] and before is not None:
            QWidget.setTabOrder(before, asking)

    def _zone_asked(self, abbreviation: str) -> ZoneField:
        zone = ZoneField(abbreviation)
        zone.editingFinished.connect(lambda: self._zone_named(abbreviation, zone))
        self._ask((Asked.ZONE, abbreviation), zone)
        return zone

    @property
    def answers(self) -> Answers:
        """What is answered so far."""
        return Answers(
            zone=self._zones.get(""),
            zones={name: zone for name, zone in self._zones.items() if name},
            day=self._day,
            day_first=self._order,
            start=self.start.moment,
            now=self.copied.instant,
        )

    def show_questions(self, questions: Iterable[Question], waiting: int = 0) -> None:
        """Ask these for the rows that wait; what was asked before stays, with its answer."""
        open_ = {(question.asked, question.about): question for question in questions}
        for about in sorted(key[1] for key in open_.keys() - self.asking.keys()):
            self._zone_asked(about)
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
        for key, asking in self.asking.items():
            asking.setVisible(key in self._seen)
            if key in open_:
                asking.words.setText(open_[key].words)
                if isinstance(asking.field, ZoneField):
                    asking.blame(open_[key].refused or asking.field.fault)
        self.setVisible(bool(self._seen))

    def propose(self, zone: str) -> None:
        """Put the zone of the last time into the field; it counts when it is confirmed."""
        if not self.zone.text():
            self.zone.show_text(zone)
            self.zone.selectAll()

    def assume(self, day: date | None) -> bool:
        """Answer the day that is asked with the incident's, once; it counts, and can be changed."""
        if day is None or self._is_assumed or DAY not in self._seen:
            return False
        self._day, self._is_assumed = day, True
        self.day.show_value(day)
        asking = self.asking[DAY]
        asking.words.setText(f"{asking.words.text()} The incident's day is filled in.")
        return True

    def first_open(self, questions: Iterable[Question]) -> QWidget | None:
        """The field of the first question."""
        keys = ((question.asked, question.about) for question in questions)
        return next((self.asking[key].field for key in keys), None)

    def _zone_named(self, abbreviation: str, field: ZoneField) -> None:
        """A zone was confirmed, or what is none was left: say so where it stands."""
        self.asking[Asked.ZONE, abbreviation].blame(field.fault)
        zone = field.zone
        if zone != self._zones.pop(abbreviation, None):
            self._zones |= {abbreviation: zone} if zone else {}
            self.answered.emit()
        elif zone is not None:
            self._zones[abbreviation] = zone

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
