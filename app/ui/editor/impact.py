"""Impact: who was affected, in which windows and by how much."""

import dataclasses
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Slot
from PySide6.QtWidgets import QCompleter

from app.ui.context import Context
from app.ui.editor.draft import Draft
from app.ui.editor.fields.columns import Columns
from app.ui.editor.fields.line import LineField
from app.ui.editor.fields.moment import MomentField
from app.ui.editor.fields.question import Question
from app.ui.editor.fields.records import RecordRow, Records
from app.ui.editor.fields.typed_time import Near
from app.ui.editor.form import FormPage
from app.ui.editor.incident_choice import IncidentChoice
from app.ui.editor.prose.edit import ProseEdit
from app.ui.look import Look
from app.ui.widgets.layouts import column, frame, label, row
from integrations.export.wording import duration
from models.document import Document
from models.domain.incident import Impact, ImpactWindow, Measure, durations
from models.editing.parts import with_incident
from models.vocabulary import Vocabulary


class WindowRow(RecordRow):
    """From when to when users were affected, and how."""

    def __init__(self, look: Look, near: Callable[[], Near | None]) -> None:
        """``near`` gives day and zone of a time that is typed without them."""
        super().__init__()
        self._near = near
        self.start = MomentField("Impact started", near)
        self.end = MomentField("Impact stopped", self._after_start)
        self.text = LineField("What was affected in this window", "All saves; reading worked")
        self.start.edited.connect(lambda _: self.edited.emit("start"))
        self.end.edited.connect(lambda _: self.edited.emit("end"))
        self.text.edited.connect(lambda _: self.edited.emit("text"))
        self.setLayout(
            row(
                Columns(
                    look,
                    Question("Impact started", self.start, small=True),
                    Question("Impact stopped", self.end, small=True),
                    Question("What was affected", self.text, small=True),
                )
            )
        )
        self.setFocusProxy(self.start)

    def show_record(self, record: ImpactWindow) -> None:
        """Show a window."""
        self.start.show_value(record.start)
        self.end.show_value(record.end)
        self.text.show_text(record.text)

    def record(self) -> ImpactWindow:
        """The window as it stands in the row."""
        return ImpactWindow(self.start.moment, self.end.moment, self.text.text())

    def _after_start(self) -> Near | None:
        return self.start.near or self._near()


class MeasureRow(RecordRow):
    """A number that says how much, in its unit."""

    def __init__(self, look: Look, measures: Vocabulary) -> None:
        super().__init__()
        self._measures = measures
        self.name = LineField("Measure", "Failed requests")
        self.value = LineField("Number", "18,420")
        self.unit = LineField("Unit", "requests")
        self.text = LineField("Where the number comes from", "Query, estimate")
        known = QCompleter(QStringListModel([term.name for term in measures.terms], self), self)
        known.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        known.activated.connect(self._known_chosen)
        self.name.setCompleter(known)
        for field in ("name", "value", "unit", "text"):
            line: LineField = getattr(self, field)
            line.edited.connect(lambda _, field=field: self.edited.emit(field))
        self.setLayout(
            row(
                Columns(
                    look,
                    Question("Measure", self.name, small=True),
                    Question("Number", self.value, small=True),
                    Question("Unit", self.unit, small=True),
                    Question("Where it comes from", self.text, small=True),
                    least=120,
                )
            )
        )
        self.setFocusProxy(self.name)

    def show_record(self, record: Measure) -> None:
        """Show a measure."""
        self.name.show_text(record.name)
        self.value.show_text(record.value)
        self.unit.show_text(record.unit)
        self.text.show_text(record.text)

    def record(self) -> Measure:
        """The measure as it stands in the row."""
        return Measure(self.name.text(), self.value.text(), self.unit.text(), self.text.text())

    @Slot(str)
    def _known_chosen(self, name: str) -> None:
        """A known measure brings its unit."""
        term = self._measures.find(name)
        if term is not None and not self.unit.text():
            self.unit.setText(term.unit)
        self.name.setText(name)
        self.edited.emit("name")


class ImpactPage(FormPage):
    """What users met, in which windows, and the numbers that show it."""

    key = "impact"

    def __init__(self, context: Context, draft: Draft) -> None:
        super().__init__(context, draft)
        self.choice = IncidentChoice(draft)
        self.choice.chosen.connect(self._show)
        self.text = ProseEdit(
            context.look,
            "Impact",
            placeholder="Save changes to name and photo failed. Reading profiles worked.",
            lines=4,
        )
        self.text.edited.connect(lambda text: self._type("impact", "text", text))
        self.windows: Records[ImpactWindow] = Records(
            context.look,
            "impact window",
            lambda: WindowRow(context.look, self.choice.near),
            ImpactWindow,
            "No window yet. Each span in which users were affected gets its own.",
        )
        measures = context.workspace.vocabularies.measures
        self.measures: Records[Measure] = Records(
            context.look,
            "measure",
            lambda: MeasureRow(context.look, measures),
            lambda: Measure("", ""),
            "No number yet. Requests, customers, orders, money: numbers let someone judge this "
            "in two years.",
        )
        self.lasted = label("", "question")
        for records, field in ((self.windows, "windows"), (self.measures, "measures")):
            records.edited.connect(lambda name, some, field=field: self._edit(name, field, some))
            records.typed.connect(lambda what, some, field=field: self._type(what, field, some))
        total = row(label("Impact lasted", "secondary", "text2"), self.lasted, None)
        self.lay_out(
            self.choice,
            Question("What could users not do?", self.text, "Name the journey, not the component."),
            Question("From when to when?", self.windows),
            frame(column(total, margins=(12, 8, 12, 8)), "sunken"),
            Question("How many, how much?", self.measures),
        )
        self.setFocusProxy(self.text)

    def show_document(self, document: Document) -> None:
        """Show the impact of the chosen incident."""
        self.choice.show_document(document)
        incident = self.choice.incident
        if incident is None:
            return
        self.text.set_markdown(incident.impact.text)
        self.windows.show_records(incident.impact.windows)
        self.measures.show_records(incident.impact.measures)
        spans = durations(incident)
        self.lasted.setText(duration(spans.impact_s, inexact="impact_s" in spans.inexact))

    @Slot()
    def _show(self) -> None:
        for records in (self.windows, self.measures):
            records.show_records(())  # the rows of another incident
        self.show_document(self.draft.document)

    def _with(self, document: Document, **fields: Any) -> Document:
        incident = self.choice.incident_of(document)
        if incident is None:
            return document
        impact: Impact = dataclasses.replace(incident.impact, **fields)
        return with_incident(document, incident.id, impact=impact)

    def _edit(self, name: str, field: str, records: tuple[object, ...]) -> None:
        self.draft.edit(name, lambda d: self._with(d, **{field: records}), place=self.key)

    def _type(self, what: str, field: str, value: object) -> None:
        self.draft.edit(
            f"Edit {what}",
            lambda d: self._with(d, **{field: value}),
            place=f"{self.key}/{what}",
            typing=True,
        )
