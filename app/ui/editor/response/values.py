"""The controls of one thing that a step's record must hold, made for its kind."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.editor.fields.choice import ChoiceField
from app.ui.editor.fields.columns import Columns
from app.ui.editor.fields.line import LineField
from app.ui.editor.fields.moment import MomentField
from app.ui.editor.fields.question import Question
from app.ui.editor.fields.typed_time import Near
from app.ui.editor.prose.edit import ProseEdit
from app.ui.look import Look
from app.ui.widgets.layouts import column, label
from integrations.markdown.form_times import moment_text, read_moment
from models.domain.action import ActionItem
from models.domain.moments import Moment
from models.errors import InvalidInputError
from models.frameworks import NEEDED, Part, PartKind, RecordField, RecordKind

MEASURED = ("baseline", "peak", "now")
"""The parts of telemetry that have the unit."""


@dataclass(frozen=True)
class Tools:
    """What the controls are made with; ``near`` gives day and zone of a time typed without."""

    look: Look
    prose: Callable[[str], ProseEdit]
    near: Callable[[], Near | None]


@dataclass(frozen=True)
class Control:
    """A widget that takes one text: how it is shown, and what tells of a change."""

    widget: QWidget
    show: Callable[[str], None]
    edited: SignalInstance


class TimeText(MomentField):
    """A time that is kept as the text that the Markdown form writes.

    Signals
    -------
    text_edited(str):
        The author changed it; "" where it is empty.
    """

    text_edited = Signal(str)

    def __init__(self, name: str, near: Callable[[], Near | None]) -> None:
        super().__init__(name, near)
        self.edited.connect(lambda moment: self.text_edited.emit(_written(moment)))

    def show_text(self, text: str) -> None:
        """Show a time; what is none stays as it was written, marked."""
        try:
            moment = read_moment(text) if text else None
        except InvalidInputError:
            self.show_value(None)
            self.show_unread(text)
            return
        self.show_value(moment)


def _written(moment: Moment | None) -> str:
    return "" if moment is None else moment_text(moment)


class RecordForm(QWidget):
    """One thing to keep: its label, and a control for each of its values.

    Signals
    -------
    edited(object):
        The texts that changed, by their names in the record.
    """

    edited = Signal(object)

    def __init__(self, tools: Tools, step: str, wanted: RecordField) -> None:
        super().__init__()
        self.wanted = wanted
        self.controls: dict[str, Control] = {}
        self._record: dict[str, str] = {}
        for part in wanted.parts:
            self._add(tools, step, part)
        self.setLayout(self._laid_out(tools.look))

    def _laid_out(self, look: Look) -> QVBoxLayout:
        """The values side by side, what is said in words below them."""
        wanted = self.wanted
        controls = {part.name: self.controls[wanted.key(part.name)].widget for part in wanted.parts}
        in_words = controls.pop("")
        if not controls:
            return column(Question(wanted.label, in_words, small=True))
        labels = {part.name: part.label for part in wanted.parts}
        values = (Question(labels[name], one, small=True) for name, one in controls.items())
        heading = label(wanted.label, "body_strong", wrap=True)
        words = Question(labels[""], in_words, small=True)
        return column(heading, Columns(look, *values, least=100), words, spacing=6)

    def _add(self, tools: Tools, step: str, part: Part) -> None:
        wanted, key = self.wanted, self.wanted.key(part.name)
        alone = len(wanted.parts) == 1
        name = f"{step}: {wanted.label}" + ("" if alone else f", {part.label.lower()}")
        hint = wanted.example if not part.name else ""
        if part.name == "unit":
            hint = wanted.unit
        control = _control(tools, part, name, hint, part.options or wanted.options)
        control.widget.setAccessibleDescription(wanted.hint)
        control.widget.setToolTip(wanted.hint)
        control.edited.connect(lambda text: self._set(key, str(text)))
        self.controls[key] = control

    def show_record(self, record: dict[str, str]) -> None:
        """Show what the step's record holds of it; not at all where it is not asked for."""
        self._record = record
        for key, control in self.controls.items():
            if self.wanted.kind is not RecordKind.ACTION:
                control.show(record.get(key, ""))
        self.setVisible(self.wanted.is_asked(record))

    @property
    def first_empty(self) -> QWidget:
        """The first control whose value is still needed, else the first."""
        needed = (self.wanted.key(part) for part in NEEDED.get(self.wanted.kind, ("",)))
        lacking = (self.controls[key].widget for key in needed if not self._record.get(key))
        return next(lacking, next(iter(self.controls.values())).widget)

    def show_actions(self, actions: tuple[ActionItem, ...]) -> None:
        """Offer the actions of the post-mortem where one is asked for."""
        if self.wanted.kind is not RecordKind.ACTION:
            return
        box = self.controls[self.wanted.id].widget
        if isinstance(box, ChoiceField):
            named = [(action.ref or action.title, action) for action in actions]
            offered = ((key, f"{a.ref} {a.title}".strip(), a.title) for key, a in named if key)
            box.offer([("", "no action yet", ""), *offered])
            kept = self._record.get(self.wanted.id, "")
            # One that had no ref yet was kept by its title.
            same = (key for key, a in named if kept and kept in (a.ref, a.title))
            box.show_key(next(same, kept))

    def _set(self, key: str, text: str) -> None:
        wanted, changed = self.wanted, {key: text}
        measured = [wanted.key(part) for part in MEASURED]
        if wanted.unit and text and key in measured and not self._record.get(wanted.key("unit")):
            changed[wanted.key("unit")] = wanted.unit
        self.edited.emit(changed)


def _control(tools: Tools, part: Part, name: str, hint: str, options: tuple[str, ...]) -> Control:
    if part.kind is PartKind.TEXT:
        prose = tools.prose(name)
        prose.setToolTip(hint)
        return Control(prose, prose.set_markdown, prose.edited)
    if part.kind is PartKind.TIME:
        time = TimeText(name, tools.near)
        return Control(time, time.show_text, time.text_edited)
    if part.kind in (PartKind.CHOICE, PartKind.ACTION):
        choices = [("", "not set", ""), *((o, o[:1].upper() + o[1:], "") for o in options)]
        box = ChoiceField(name, choices)
        return Control(box, box.show_key, box.chosen)
    line = LineField(name, hint)
    return Control(line, line.show_text, line.edited)
