"""Who held which role of the response."""

from collections.abc import Callable

from app.ui.editor.fields.choice import ChoiceField, term_choices
from app.ui.editor.fields.columns import Columns
from app.ui.editor.fields.line import LineField
from app.ui.editor.fields.moment import MomentField
from app.ui.editor.fields.question import Question
from app.ui.editor.fields.records import RecordRow
from app.ui.editor.fields.typed_time import Near
from app.ui.look import Look
from app.ui.widgets.layouts import row
from models.domain.incident import RoleHolding
from models.vocabulary import Vocabulary


class RoleRow(RecordRow):
    """A role, the team that held it, and from when to when."""

    def __init__(self, look: Look, roles: Vocabulary, near: Callable[[], Near | None]) -> None:
        """``near`` gives day and zone of a time that is typed without them."""
        super().__init__()
        self._role = ChoiceField("Role", term_choices(roles, "role"))
        self._holder = LineField("Held by a team or role", "Team or role, no names")
        self._since = MomentField("Since", near)
        self._until = MomentField("Until", lambda: self._since.near or near())
        self._role.chosen.connect(lambda _: self.edited.emit("role"))
        self._holder.edited.connect(lambda _: self.edited.emit("holder"))
        self._since.edited.connect(lambda _: self.edited.emit("since"))
        self._until.edited.connect(lambda _: self.edited.emit("until"))
        self.setLayout(
            row(
                Columns(
                    look,
                    Question("Role", self._role, small=True),
                    Question("Held by", self._holder, small=True),
                    Question("Since", self._since, small=True),
                    Question("Until", self._until, small=True),
                )
            )
        )
        self.setFocusProxy(self._role)

    def show_record(self, record: RoleHolding) -> None:
        """Show who held a role."""
        self._role.show_key(record.role)
        self._holder.show_text(record.holder)
        self._since.show_instant(record.since)
        self._until.show_instant(record.until)

    def record(self) -> RoleHolding:
        """The holding as it stands in the row."""
        return RoleHolding(
            self._role.key, self._holder.text(), self._since.instant, self._until.instant
        )
