"""The times of an incident, and the durations between them."""

import dataclasses
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.editor.fields.columns import Columns
from app.ui.editor.fields.moment import MomentField
from app.ui.editor.fields.question import Question
from app.ui.editor.fields.typed_time import Near, near_to
from app.ui.look import Look
from app.ui.widgets.layouts import column, frame, label
from integrations.export.wording import duration
from models.domain.incident import Incident, Times, current_events, durations
from models.domain.moments import Moment

NAMES = (
    ("onset", "Onset", "users are affected"),
    ("detected", "Detected", "the first sign is seen"),
    ("acknowledged", "Acknowledged", "somebody takes it on"),
    ("mitigated", "Mitigated", "users are well again"),
    ("resolved", "Resolved", "all clear"),
    ("introduced", "Introduced", "the cause came in"),
)
COLUMNS = 3
LEAST = 250
"""Pixels, at 100 % text: a time in its zone and in UTC can be read in it."""


class TimesForm(QWidget):
    """Six times in two rows, and what they add up to.

    Signals
    -------
    edited(str, object):
        The author changed the time of that name; all ``Times`` as they are now.
    """

    edited = Signal(str, object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._times = Times()
        self._logged: tuple[Moment, ...] = ()
        self.fields: dict[str, MomentField] = {}
        asked: list[QWidget] = []
        for name, words, guidance in NAMES:
            field = MomentField(words, partial(self.near, name))
            field.edited.connect(lambda moment, name=name: self._edited(name, moment))
            self.fields[name] = field
            asked.append(Question(f"{words}: {guidance}", field, small=True))
        times = Columns(look, *asked, least=LEAST, most=COLUMNS)
        self.durations = label("", "secondary", "text2", wrap=True)
        lasted = frame(column(self.durations, margins=(12, 8, 12, 8)), "sunken")
        self.setLayout(column(times, lasted, spacing=12))
        self.setFocusProxy(self.fields["onset"])

    def show_incident(self, incident: Incident) -> None:
        """Show the times of an incident."""
        self._times = incident.times
        self._logged = tuple(event.moment for event in current_events(incident.timeline))
        for name, field in self.fields.items():
            field.show_value(getattr(incident.times, name))
        self.durations.setText(_durations_text(incident))

    def near(self, name: str = "onset") -> Near | None:
        """Day and zone of a time beside the one of that name that is typed without them.

        Those of the next known one, the earlier first; the cause may have come in long before.
        Where none is known, those of the timeline.
        """
        order = [key for key, _, _ in NAMES]
        place = order.index(name)
        by_distance = sorted(order, key=lambda key: abs(order.index(key) - place))
        nearest = sorted(by_distance, key=lambda key: key == "introduced" != name)
        return near_to([*(getattr(self._times, key) for key in nearest), *self._logged])

    def _edited(self, name: str, moment: Moment | None) -> None:
        self.edited.emit(name, dataclasses.replace(self._times, **{name: moment}))


def _durations_text(incident: Incident) -> str:
    """What the times add up to, in the words of the trade."""
    spans = durations(incident)
    parts = [
        f"{words} {duration(seconds, inexact=name in spans.inexact)}"
        for name, words, seconds in (
            ("ttd_s", "Time to detect", spans.ttd_s),
            ("tta_s", "acknowledge", spans.tta_s),
            ("ttm_s", "mitigate", spans.ttm_s),
            ("ttr_s", "resolve", spans.ttr_s),
        )
        if seconds is not None
    ]
    return ", ".join(parts) or "Durations appear here once onset and a later time are known."
