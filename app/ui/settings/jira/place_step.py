"""Step 3: the project, its type of ticket and its board, and whose actions go there."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from app.ui.editor.fields.choice import ChoiceField
from app.ui.editor.fields.columns import Columns
from app.ui.editor.fields.line import NamesField
from app.ui.editor.fields.question import Question
from app.ui.look import Look
from app.ui.settings.jira.steps import Step
from app.ui.widgets.buttons import Button
from app.ui.widgets.layouts import column, holder, label

if TYPE_CHECKING:
    from integrations.jira.offers import Offer
    from models.tracking.connections import Connection

_ROUTES = (
    "Actions of these teams go here, and those of incidents of these services. "
    "Without either it takes what no other project does: another can take the rest."
)


class PlaceStep(Step):
    """Where actions go.

    Signals
    -------
    project_chosen(str), type_chosen(str), board_chosen(str):
        What was chosen, by key, name and id.
    routes_changed():
        Other teams or services.
    """

    project_chosen = Signal(str)
    type_chosen = Signal(str)
    board_chosen = Signal(str)
    routes_changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, 3, "Where actions go")
        self.project = ChoiceField("Project", [("", "Sign in first", "")], by_list=True)
        self.issue_type = ChoiceField("Issue type", [("", "Sign in first", "")], by_list=True)
        self.board = ChoiceField("Board", [("", "Sign in first", "")], by_list=True)
        self.project.chosen.connect(self.project_chosen)
        self.issue_type.chosen.connect(self.type_chosen)
        self.board.chosen.connect(self.board_chosen)
        self.teams = NamesField("Teams whose actions go here", "any team")
        self.services = NamesField("Services whose actions go here", "any service")
        for field in (self.teams, self.services):
            field.names_edited.connect(self.routes_changed)
        choices = Columns(
            look,
            Question("Project", self.project, small=True),
            Question("Issue type", self.issue_type, small=True),
            Question("Board", self.board, small=True),
            least=150,
        )
        routes = Columns(
            look,
            Question("Teams", self.teams, small=True),
            Question("Services", self.services, small=True),
            least=200,
        )
        note = label(_ROUTES, "secondary", "text2", wrap=True)
        self._routes = holder(column(routes, note))
        self.routes_button = Button(look, "Only for some teams or services…", "link", size="small")
        self.routes_button.clicked.connect(self._show_routes)
        self.fill([self.routes_button], [choices, self._routes])
        self.setFocusProxy(self.project)

    def know(self, teams: list[str], services: list[str]) -> None:
        """Offer these names while typing."""
        self.teams.know(teams)
        self.services.know(services)

    def show_draft(self, draft: "Connection | None", offer: "Offer | None") -> None:
        """What is chosen among what is offered."""
        self._show_choices(draft, offer)
        routed = bool(draft and (draft.teams or draft.services))
        if not (self.teams.hasFocus() or self.services.hasFocus()):
            self._routes.setVisible(routed)
            self.routes_button.setVisible(not routed)
        if not self.teams.hasFocus():
            self.teams.show_names(draft.teams if draft else ())
        if not self.services.hasFocus():
            self.services.show_names(draft.services if draft else ())

    @Slot()
    def _show_routes(self) -> None:
        self._routes.show()
        self.teams.setFocus()
        self.routes_button.hide()

    def _show_choices(self, draft: "Connection | None", offer: "Offer | None") -> None:
        known = offer is not None
        projects, kinds = (offer.projects, offer.types) if offer else ((), ())
        ask = "Choose" if known else "Sign in first"
        self.project.offer([("", ask, ""), *((o.id, f"{o.id}  {o.name}", "") for o in projects)])
        first = "Choose" if draft and draft.project and known else "Project first"
        nothing = first if known else "Sign in first"
        types = [(one.name, one.name, "") for one in kinds]
        self.issue_type.offer(types or [("", nothing, "")])
        boards = [(str(b.id), b.name, f"{b.kind} board") for b in (offer.boards if offer else ())]
        none = ("", "No board", "no sprints") if known and types else ("", nothing, "")
        self.board.offer([*boards, none])
        self.project.show_key(draft.project if draft else "")
        self.issue_type.show_key(draft.issue_type if draft else "")
        board = draft.board if draft else None
        self.board.show_key("" if board is None else str(board))
        for field in (self.project, self.issue_type, self.board):
            field.setEnabled(known)
