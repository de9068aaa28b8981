"""Who held which role of the response."""

from datetime import datetime

from app.ui.editor.fields.choice import ChoiceField, term_choices
from app.ui.editor.fields.line import LineField
from app.ui.editor.fields.moment import MomentField
from app.ui.editor.fields.records import RecordRow
from app.ui.widgets.layouts import column, row
from models.domain.incident import RoleHolding
from models.domain.moments import Moment
from models.vocabulary import Vocabulary


class RoleRow(RecordRow):
    """A role, the team that held it, and from when to when."""

    def __init__(self, roles: Vocabulary) -> None:
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
            column(row((self._role, 1), (self._holder, 1)), row((self._since, 1), (self._until, 1)))
        )
        self.setFocusProxy(self._role)

    def show_record(self, record: RoleHolding) -> None:
        """Show who held a role."""
        self._role.show_key(record.role)
        self._holder.show_text(record.holder)
        self._since.show_moment(_moment(record.since))
        self._until.show_moment(_moment(record.until))

    def record(self) -> RoleHolding:
        """The holding as it stands in the row."""
        return RoleHolding(
            self._role.key, self._holder.text(), _instant(self._since), _instant(self._until)
        )


def _moment(at: datetime | None) -> Moment | None:
    return None if at is None else Moment(at)


def _instant(field: MomentField) -> datetime | None:
    return None if field.moment is None else field.moment.at
