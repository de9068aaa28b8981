"""The section on where the document stands and who reads it."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt, Slot

from app.ui.context import Context
from app.ui.editor.draft import Draft
from app.ui.editor.fields.choice import ChoiceField
from app.ui.editor.fields.columns import Columns
from app.ui.editor.fields.moment import DayField, MomentField
from app.ui.editor.fields.question import Question
from app.ui.editor.fields.records import Records
from app.ui.editor.form import FormPage
from app.ui.editor.prose.edit import ProseEdit
from app.ui.editor.review.history import GateHistory
from app.ui.editor.review.relations import RelationDialog, RelationRow
from app.ui.editor.review.rows import CommentRow, ReviewRow, new_comment, new_review
from app.ui.widgets.layouts import label, set_tone
from models.document import Document
from models.domain.histories import Change
from models.domain.moments import Moment
from models.domain.post_mortem import Comment, Review, Status
from models.domain.root import Relation, RelationKind
from models.editing.parts import with_text
from models.guidance.gates import gate_to, with_status
from models.guidance.places import place_names
from models.guidance.reminders import reminder
from models.queries.catalogue import Row


class ReviewPage(FormPage):
    """Status, the review's dates, reviews and comments."""

    key = "review"

    def __init__(self, context: Context, draft: Draft) -> None:
        super().__init__(context, draft)
        look, terms = context.look, context.workspace.vocabularies
        self.status = ChoiceField(
            "Status",
            [(term.id, term.name, term.description) for term in terms.statuses.terms],
            by_list=True,
        )
        self.status.chosen.connect(self._set_status)
        self.reminder = label("", "secondary", "text2", wrap=True)
        self.history = GateHistory()
        self.due = DayField("Review due")
        self.due.edited.connect(self._set_due)
        self.meeting = MomentField("Review meeting")
        self.meeting.edited.connect(self._set_meeting)
        self.reviews: Records[Review] = Records(
            look,
            "review",
            self._review_row,
            self._new_review,
            "Nobody was asked yet.",
        )
        self._names: dict[str, str] = {}
        self.comments: Records[Comment] = Records(
            look,
            "comment",
            self._comment_row,
            lambda: new_comment(context.actor.role, self._now()),
            "No comments. Ctrl+Alt+M makes one on the place where you are.",
        )
        self.relations: Records[Relation] = Records(
            look,
            "relation",
            lambda: RelationRow(look),
            self._ask_relation,
            "Did something like it happen before? Say so, and both are found together.",
        )
        self.relations.edited.connect(self._set_relations)
        self.relations.typed.connect(self._type_relations)
        self.reviews.edited.connect(lambda name, some: self._edit(name, reviews=some))
        self.reviews.typed.connect(lambda what, some: self._type(what, reviews=some))
        self.comments.edited.connect(lambda name, some: self._edit(name, comments=some))
        self.comments.typed.connect(lambda what, some: self._type(what, comments=some))
        self.lay_out(
            Columns(
                look,
                Question("Status", self.status),
                Question("Review due", self.due),
                Question("Review meeting", self.meeting),
            ),
            self.reminder,
            Question("Who reads it?", self.reviews, "Somebody who did not take part sees more."),
            Question("Comments", self.comments),
            Question("How does it stand to other post-mortems?", self.relations),
            Question("What it went through", self.history),
        )
        self.setFocusProxy(self.status)

    def show_document(self, document: Document) -> None:
        """Show where the document stands."""
        mortem = document.post_mortem
        self.status.show_key(mortem.status.value)
        self.due.show_value(mortem.review_due)
        self.meeting.show_instant(mortem.review_meeting)
        self._names.clear()
        self._names |= place_names(document, self._headings(document))
        self._show_reminder(document)
        self.history.show_document(document)
        self.reviews.show_records(mortem.reviews)
        self.comments.show_records(mortem.comments)
        self.relations.show_records(document.relations)

    def reveal(self, anchor: str) -> None:
        """Go to the comment or review of an id, or to the relations."""
        if anchor == "relations":
            self.bring_into_view(self.relations)
            return
        mortem = self.draft.document.post_mortem
        ids = (
            ([comment.id for comment in mortem.comments], self.comments.rows),
            ([review.id for review in mortem.reviews], self.reviews.rows),
        )
        for names, rows in ids:
            for id, entry in zip(names, rows, strict=True):
                if id in anchor:
                    self.bring_into_view(entry)
                    return
        self.bring_into_view(self.status)

    # -- reviews and comments ------------------------------------------------------------------

    def _now(self) -> datetime:
        return self.context.workspace.library.now().replace(microsecond=0)

    def _review_row(self) -> ReviewRow:
        look, roles = self.context.look, self.context.workspace.vocabularies.roles
        return ReviewRow(look, roles, ProseEdit(look, "Review in words", lines=2), self._now)

    def _new_review(self) -> Review:
        is_asked = self.draft.document.post_mortem.status is Status.IN_REVIEW
        return new_review(self._now() if is_asked else None)

    def _comment_row(self) -> CommentRow:
        look = self.context.look
        entry = CommentRow(look, ProseEdit(look, "Comment", lines=2), self._names)
        entry.led.connect(self.place_requested)
        return entry

    def _headings(self, document: Document) -> dict[str, str]:
        templates = self.context.workspace.templates
        template = templates.get(document.post_mortem.template)
        named = {s.place.value: s.heading for s in template.sections} if template else {}
        keys = self.context.workspace.guide.sections
        return {key: named.get(key, key.capitalize()) for key in keys}

    def _show_reminder(self, document: Document) -> None:
        workspace = self.context.workspace
        rules, now = workspace.guide.review_due, workspace.library.now()
        found = reminder(document.post_mortem, rules, now)
        self.reminder.setVisible(found is not None)
        if found is not None:
            why = "as set here" if document.post_mortem.review_due else "by its severity"
            self.reminder.setText(f"{found.words}: {found.due.isoformat()}, {why}.")
            set_tone(self.reminder, "amber" if found.is_overdue else "text2")

    # -- status and dates ----------------------------------------------------------------------

    @Slot(str)
    def _set_status(self, key: str) -> None:
        """Forwards through the gate before it, backwards at once."""
        mortem, status = self.draft.document.post_mortem, Status(key)
        gate, order = gate_to(status), list(Status)
        is_forward = order.index(status) > order.index(mortem.status)
        if gate is not None and is_forward and not mortem.historical:
            self.status.show_key(mortem.status.value)
            self.gate_requested.emit(gate.value, "")
            return
        actor = self.context.actor
        change = Change(self._now(), actor.name or actor.role, actor.role)
        self.draft.edit(
            f"Set status to {key}", lambda d: with_status(d, status, change), place=self.key
        )

    @Slot(object)
    def _set_due(self, day: date | None) -> None:
        self._type("review due", review_due=day)

    @Slot(object)
    def _set_meeting(self, moment: Moment | None) -> None:
        self._type("review meeting", review_meeting=moment.at if moment else None)

    # -- relations -----------------------------------------------------------------------------

    def _ask_relation(self) -> None:
        dialog = RelationDialog(self.context, self.draft.document, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._relate)
        dialog.open()

    @Slot(object)
    def _relate(self, found: Row) -> None:
        now = self.context.workspace.library.now()
        relation = Relation(RelationKind.RELATED, found.id, found.ref, found.title, now)
        self.relations.put(relation)

    @Slot(str, object)
    def _set_relations(self, name: str, relations: tuple[Relation, ...]) -> None:
        self.draft.edit(name, lambda d: replace(d, relations=relations), place="relations")

    @Slot(str, object)
    def _type_relations(self, what: str, relations: tuple[Relation, ...]) -> None:
        self.draft.edit(
            f"Edit {what}",
            lambda d: replace(d, relations=relations),
            place=f"relations/{what}",
            typing=True,
        )

    def _edit(self, name: str, **fields: Any) -> None:
        self.draft.edit(name, lambda d: with_text(d, **fields), place=self.key)

    def _type(self, what: str, **fields: Any) -> None:
        place = f"{self.key}/{what}"
        self.draft.edit(f"Edit {what}", lambda d: with_text(d, **fields), place=place, typing=True)
