"""One review, and one comment."""

import dataclasses
from datetime import UTC, datetime

from PySide6.QtWidgets import QCheckBox

from app.ui.editor.fields.choice import ChoiceField, term_choices
from app.ui.editor.fields.columns import Columns
from app.ui.editor.fields.line import LineField
from app.ui.editor.fields.moment import MomentField
from app.ui.editor.fields.question import Question
from app.ui.editor.fields.records import RecordRow
from app.ui.editor.prose.edit import ProseEdit
from app.ui.look import Look
from app.ui.widgets.layouts import column, label, row
from models.document import new_id
from models.domain.post_mortem import Comment, Review
from models.vocabulary import Vocabulary


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def new_review() -> Review:
    """A review that is asked for now."""
    return Review(new_id(), "", _now())


def new_comment(role: str, anchor: str = "") -> Comment:
    """A remark of now."""
    return Comment(new_id(), anchor, "", role, _now())


class ReviewRow(RecordRow):
    """Which role was asked when, what it decided and said."""

    def __init__(self, look: Look, roles: Vocabulary, text: ProseEdit) -> None:
        super().__init__()
        self._review = new_review()
        self.role = ChoiceField("Reviewer", term_choices(roles, "role"))
        self.asked = MomentField("Asked")
        self.decision = LineField("Decision", "Reviewed, changes asked")
        self.decided = MomentField("Decided")
        self.text = text
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
            )
        )
        self.setFocusProxy(self.role)

    def show_record(self, record: Review) -> None:
        """Show a review."""
        self._review = record
        self.role.show_key(record.role)
        self.asked.show_instant(record.asked_at)
        self.decision.show_text(record.decision)
        self.decided.show_instant(record.decided_at)
        self.text.set_markdown(record.text)

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
    """A remark on a place, and whether it is settled."""

    def __init__(self, text: ProseEdit, place_of: dict[str, str]) -> None:
        super().__init__()
        self._comment = new_comment("")
        self._place_of = place_of
        self.about = label("", "secondary", "text2", wrap=True)
        self.text = text
        self.resolved = QCheckBox("Settled")
        self.text.edited.connect(lambda _: self.edited.emit("text"))
        self.resolved.clicked.connect(lambda _: self.edited.emit("settled"))
        self.setLayout(column(row((self.about, 1), self.resolved), self.text, spacing=4))
        self.setFocusProxy(self.text)

    def show_record(self, record: Comment) -> None:
        """Show a comment."""
        self._comment = record
        by = record.role or "somebody"
        at = f", {record.at:%Y-%m-%d %H:%M} UTC" if record.at else ""
        place = self._place_of.get(record.anchor, record.anchor) or "the whole document"
        self.about.setText(f"On {place}, by {by}{at}")
        self.text.set_markdown(record.text)
        self.resolved.setChecked(record.resolved)

    def record(self) -> Comment:
        """The comment as it stands in the row."""
        return dataclasses.replace(
            self._comment, text=self.text.markdown(), resolved=self.resolved.isChecked()
        )
