"""Who held which role of the response."""

from app.ui.editor.fields.choice import ChoiceField, term_choices
from app.ui.editor.fields.columns import Columns
from app.ui.editor.fields.line import LineField
from app.ui.editor.fields.moment import MomentField
from app.ui.editor.fields.records import RecordRow
from app.ui.look import Look
from app.ui.widgets.layouts import column
from models.domain.incident import RoleHolding
from models.vocabulary import Vocabulary


class RoleRow(RecordRow):
    """A role, the team that held it, and from when to when."""

    def __init__(self, look: Look, roles: Vocabulary) -> None:
        super().__init__()
        self._role = ChoiceField("Role", term_choices(roles, "role"))
        self._holder = LineField("Held by a team or role", "Team or role, no names")
        self._since = MomentField("Since", placeholder="Since, 14:08 UTC")
        self._until = MomentField("Until", placeholder="Until, 15:31 UTC")
        self._role.chosen.connect(lambda _: self.edited.emit("role"))
        self._holder.edited.connect(lambda _: self.edited.emit("holder"))
        self._since.edited.connect(lambda _: self.edited.emit("since"))
        self._until.edited.connect(lambda _: self.edited.emit("until"))
        self.setLayout(
            column(Columns(look, self._role, self._holder), Columns(look, self._since, self._until))
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
