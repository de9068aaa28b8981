"""Sprints that action items are wanted in: a future one is free, the running one is asked about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from integrations.jira.remote import Issue, RefusedError
from integrations.jira.syncing.asking import Site
from integrations.jira.syncing.report import Asked, Question
from models.domain.action import ActionItem
from models.tracking.sprints import Seen, Sprint, SprintState, current_sprint
from models.tracking.tickets import Ticket


class DeclinedError(Exception):
    """Nobody agreed that a running sprint is changed."""


@dataclass(slots=True)
class Sprints:
    """What was agreed about running sprints during one sync, beside what was agreed before.

    ``wishes`` are the action items that want to be in each sprint and that nobody agreed to yet,
    by the sprint's id.
    """

    site: Site
    wishes: Mapping[str, Sequence[ActionItem]]
    agreed: dict[int, bool] = field(default_factory=dict)

    def put(self, issue: Issue, wanted: str, ticket: Ticket) -> None:
        """Puts a ticket into a sprint, or into the backlog.

        Raises:
            RefusedError: it does not go there.
            DeclinedError: nobody agreed.
        """
        site = self.site
        current = current_sprint(Seen(issue.sprints or (), done=False))
        if current is not None and current.state is SprintState.ACTIVE:
            self._require_agreed(current, ticket, issue)
        if wanted:
            sprint = site.sprint(int(wanted))
            if sprint is None:
                raise RefusedError("The sprint is not there any more: choose another.")
            if sprint.state is SprintState.CLOSED:
                raise RefusedError(f"The sprint {sprint.name} is over: choose another.")
            if sprint.state is SprintState.ACTIVE:
                self._require_agreed(sprint, ticket, issue)
        site.ask(site.remote.put_in_sprint, issue.ticket_id, int(wanted) if wanted else None)

    def _require_agreed(self, sprint: Sprint, ticket: Ticket, issue: Issue) -> None:
        if ticket.sprint_agreed:
            return
        if sprint.id not in self.agreed:
            connection = self.site.connection
            items = self.wishes.get(str(sprint.id), ())
            about = {item.id: item.title for item in items} or {ticket.action_id: issue.title}
            text = f"{sprint.name} of {connection.project} is running. Change what is in it?"
            question = Question(
                Asked.ACTIVE_SPRINT, text, tuple(about.values()), connection.id, tuple(about)
            )
            self.agreed[sprint.id] = self.site.run.agree(question)
        if not self.agreed[sprint.id]:
            raise DeclinedError(
                f"{sprint.name} is running; nobody agreed that its tickets are changed."
            )
