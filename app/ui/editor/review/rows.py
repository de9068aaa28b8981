"""One review, and one comment."""

import dataclasses
from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from app.ui.editor.fields.choice import ChoiceField, term_choices
from app.ui.editor.fields.columns import Columns
from app.ui.editor.fields.line import LineField
from app.ui.editor.fields.moment import MomentField
from app.ui.editor.fields.question import Question
from app.ui.editor.fields.records import RecordRow
from app.ui.editor.prose.edit import ProseEdit
from app.ui.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import column, label, row
from models.document import new_id
from models.domain.post_mortem import Comment, Review
from models.guidance.places import name_of
from models.guidance.reviewing import AGREED, CHANGES, is_answered
from models.vocabulary import Vocabulary

Clock = Callable[[], datetime]


def new_review(asked_at: datetime | None = None) -> Review:
    """A review that is asked for as of a time; None before the post-mortem is ready for it."""
    return Review(new_id(), "", asked_at)


def new_comment(role: str, at: datetime | None = None, anchor: str = "") -> Comment:
    """A remark of now."""
    return Comment(new_id(), anchor, "", role, at)


class ReviewRow(RecordRow):
    """Which role was asked when, and its answer: agreed, changes asked, or other words."""

    def __init__(self, look: Look, roles: Vocabulary, text: ProseEdit, now: Clock) -> None:
        super().__init__()
        self._review = new_review()
        self._now = now
        self.role = ChoiceField("Reviewer", term_choices(roles, "role"))
        self.asked = MomentField("Asked")
        self.decision = LineField("Decision", "No answer yet")
        self.decided = MomentField("Decided")
        self.text = text
        self.agreed = Button(look, AGREED, "secondary", "check-circle", size="small")
        self.changes = Button(look, CHANGES, "secondary", "arrow-u-up-left", size="small")
        self.agreed.clicked.connect(lambda: self._answer(AGREED))
        self.changes.clicked.connect(lambda: self._answer(CHANGES))
        self.role.chosen.connect(lambda _: self.edited.emit("role"))
        self.asked.edited.connect(lambda _: self.edited.emit("asked"))
        self.decision.edited.connect(lambda _: self.edited.emit("decision"))
        self.decided.edited.connect(lambda _: self.edited.emit("decided"))
        self.text.edited.connect(lambda _: self.edited.emit("text"))
        self.setLayout(
            column(
                Columns(
                    look,
                    Question("Reviewer", self.role, small=True),
                    Question("Asked", self.asked, small=True),
                    Question("Decision", self.decision, small=True),
                    Question("Decided", self.decided, small=True),
                ),
                self.text,
                row(self.agreed, self.changes, None),
            )
        )
        self.setFocusProxy(self.role)

    def _answer(self, decision: str) -> None:
        """Answered now, in one edit."""
        self.decision.show_text(decision)
        self.decided.show_instant(self._now().replace(microsecond=0))
        self.edited.emit("answer")
        self.text.setFocus()

    def show_record(self, record: Review) -> None:
        """Show a review."""
        self._review = record
        self.role.show_key(record.role)
        self.asked.show_instant(record.asked_at)
        self.decision.show_text(record.decision)
        self.decided.show_instant(record.decided_at)
        self.text.set_markdown(record.text)
        reviewer = record.role or "the reviewer"
        for button in (self.agreed, self.changes):
            button.setVisible(not is_answered(record))
            button.setAccessibleName(f"{button.text().strip()}, {reviewer}")

    def record(self) -> Review:
        """The review as it stands in the row."""
        return dataclasses.replace(
            self._review,
            role=self.role.key,
            asked_at=self.asked.instant,
            decision=self.decision.text(),
            decided_at=self.decided.instant,
            text=self.text.markdown(),
        )


class CommentRow(RecordRow):
    """A remark on a place, the way there, and whether it is settled.

    Signals
    -------
    led(str):
        To the place, by its anchor.
    """

    led = Signal(str)
    has_labels = False

    def __init__(self, look: Look, text: ProseEdit, names: Mapping[str, str]) -> None:
        super().__init__()
        self._comment = new_comment("")
        self._names = names
        self.about = label("", "secondary", "text2", wrap=True)
        self.text = text
        self.go_button = Button(look, "Go there", "link", "arrow-bend-down-right", size="small")
        self.go_button.clicked.connect(lambda: self.led.emit(self._comment.anchor))
        self.resolved = QCheckBox("Settled")
        self.text.edited.connect(lambda _: self.edited.emit("text"))
        self.resolved.clicked.connect(lambda _: self.edited.emit("settled"))
        line = row((self.about, 1), self.go_button, self.resolved)
        self.setLayout(column(line, self.text, spacing=4))
        self.setFocusProxy(self.text)

    def show_record(self, record: Comment) -> None:
        """Show a comment."""
        self._comment = record
        by = record.role or "somebody"
        at = f", {record.at:%Y-%m-%d %H:%M} UTC" if record.at else ""
        place = name_of(record.anchor, self._names)
        self.about.setText(f"On {place}, by {by}{at}")
        self.go_button.setVisible(bool(record.anchor))
        self.go_button.setAccessibleName(f"Go to {place}")
        self.resolved.setAccessibleName(f"Settled: the comment on {place}")
        self.text.set_markdown(record.text)
        self.resolved.setChecked(record.resolved)

    def record(self) -> Comment:
        """The comment as it stands in the row."""
        return dataclasses.replace(
            self._comment, text=self.text.markdown(), resolved=self.resolved.isChecked()
        )
