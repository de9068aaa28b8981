"""One Jira site: what is in it, who may see it, and what time it is there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from tests.jira_fake.clock import Clock
from tests.jira_fake.records import (
    Board,
    Field,
    Flavour,
    Issue,
    IssueType,
    Kind,
    Project,
    Screen,
    Sprint,
    Status,
    Transition,
    User,
)
from tests.jira_fake.refusals import RefusedError, no_such_issue

PERMISSIONS = (
    "BROWSE_PROJECTS",
    "CREATE_ISSUES",
    "EDIT_ISSUES",
    "ASSIGN_ISSUES",
    "SCHEDULE_ISSUES",
    "TRANSITION_ISSUES",
    "DELETE_ISSUES",
    "LINK_ISSUES",
    "MANAGE_SPRINTS_PERMISSION",
)


@dataclass(slots=True)
class Site:
    """The state that both faces show.

    ``lag`` is how far the search trails behind; ``skew`` how far the server's clock is ahead;
    ``zone`` is the zone of its answers; ``short_page`` the most that any page holds, whatever was
    asked for; ``sprint_objects`` whether the sprint field holds objects or strings;
    ``bulk_changelogs`` whether there is such an operation; ``lenient`` whether a wrong token is
    taken for none, so that a stranger gets answers with nothing in them. ``keys`` has every key
    ever given.
    """

    flavour: Flavour
    clock: Clock = field(default_factory=Clock)
    title: str = "Example Jira"
    version: str = "10.3.24"
    zone: str = "Etc/UTC"
    lag: timedelta = timedelta()
    skew: timedelta = timedelta()
    short_page: int | None = None
    sprint_objects: bool = True
    bulk_changelogs: bool = True
    lenient: bool = False
    users: dict[str, User] = field(default_factory=dict)
    fields: dict[str, Field] = field(default_factory=dict)
    types: dict[str, IssueType] = field(default_factory=dict)
    statuses: dict[str, Status] = field(default_factory=dict)
    resolutions: dict[str, str] = field(default_factory=dict)
    priorities: dict[str, str] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)
    boards: dict[int, Board] = field(default_factory=dict)
    sprints: dict[int, Sprint] = field(default_factory=dict)
    issues: dict[int, Issue] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)
    ids: "count[int]" = field(default_factory=lambda: count(10001))
    _stamped: datetime | None = None

    @property
    def cloud(self) -> bool:
        """Whether it is Cloud."""
        return self.flavour is Flavour.CLOUD

    @property
    def now(self) -> datetime:
        """What the server's clock says."""
        return self.clock.now + self.skew

    def stamp(self) -> datetime:
        """The time of a change: like a real clock, never the same twice."""
        last, now = self._stamped, self.now
        self._stamped = (
            now if last is None or now > last else max(now, last + timedelta(milliseconds=1))
        )
        return self._stamped

    @property
    def sprint_field(self) -> Field | None:
        """The sprint field, where the site has one."""
        return next((f for f in self.fields.values() if f.kind is Kind.SPRINT), None)

    # What is in it.

    def add_user(self, name: str, display_name: str, *, token: str = "", zone: str = "") -> User:
        """Somebody new, who may do everything in every project."""
        email = f"{name}@example.com"
        user = User(name, display_name, email, token, zone or "Etc/UTC")
        self.users[name] = user
        return user

    def add_field(
        self,
        id: str,
        name: str,
        kind: Kind,
        options: Iterable[str] = (),
        *,
        everywhere: bool = True,
    ) -> Field:
        """A new field, on every screen of every project unless said otherwise."""
        made = Field(id, name, kind, {str(next(self.ids)): option for option in options})
        self.fields[id] = made
        for project in self.projects.values():
            for screen in project.screens.values() if everywhere else ():
                screen.create.append(id)
                screen.edit.append(id)
        return made

    def add_project(self, key: str, name: str, workflow: Iterable[Transition]) -> Project:
        """A new project with all types of the site and all fields on their screens."""
        on_screen = [f.id for f in self.fields.values() if f.id != "resolution"]
        screens = {type_: Screen(list(on_screen), list(on_screen)) for type_ in self.types}
        made = Project(str(next(self.ids)), key, name, screens, list(workflow))
        self.projects[made.id] = made
        return made

    def add_board(self, project: str, kind: str = "scrum", name: str = "") -> Board:
        """A new board of a project."""
        owner = self.project(project)
        made = Board(len(self.boards) + 1, name or f"{owner.key} board", kind, owner.id)
        self.boards[made.id] = made
        return made

    def add_sprint(self, board: int, name: str, goal: str | None = None) -> Sprint:
        """A new future sprint."""
        made = Sprint(max(self.sprints, default=70) + 1, name, board, self.stamp(), goal=goal)
        self.sprints[made.id] = made
        return made

    # What is found in it.

    def project(self, id_or_key: str, user: User | None = None) -> Project:
        """A project; for a user, only one that they may browse."""
        for project in self.projects.values():
            if id_or_key in (project.id, project.key) and (
                user is None or self.may(user, "BROWSE_PROJECTS", project)
            ):
                return project
        raise RefusedError(404, f"No project could be found with key '{id_or_key}'.")

    def issue(self, id_or_key: str | int, user: User | None = None) -> Issue:
        """An issue by its id, its key or one that it had; for a user, only what they may see."""
        name = str(id_or_key)
        issue = self.issues.get(int(name) if name.isdigit() else self.keys.get(name.upper(), 0))
        if issue is None or (user is not None and not self.sees(user, issue)):
            raise no_such_issue()
        return issue

    def board(self, id: str | int) -> Board:
        """A board."""
        if not str(id).isdigit() or int(id) not in self.boards:
            raise RefusedError(
                404, "The requested board cannot be viewed because it does not exist."
            )
        return self.boards[int(id)]

    def sprint(self, id: str | int) -> Sprint:
        """A sprint."""
        if not str(id).isdigit() or int(id) not in self.sprints:
            raise RefusedError(404, "Sprint does not exist.")
        return self.sprints[int(id)]

    def sprints_of(self, issue: Issue) -> list[Sprint]:
        """The sprints in an issue's sprint field."""
        held = self.sprint_field
        ids = (issue.values.get(held.id) or []) if held else []
        return [self.sprints[id] for id in ids if id in self.sprints]

    # Who may.

    def may(self, user: User | None, permission: str, project: Project) -> bool:
        """Whether somebody has a permission; nobody (not signed in) has none."""
        return user is not None and permission not in project.denied.get(user.name, ())

    def require(self, user: User, permission: str, project: Project, sentence: str) -> None:
        """Refuses what somebody may not do."""
        if not self.may(user, permission, project):
            raise RefusedError(403, sentence)

    def sees(self, user: User | None, issue: Issue) -> bool:
        """Whether somebody may see an issue."""
        return (
            user is not None
            and self.may(user, "BROWSE_PROJECTS", self.projects[issue.project])
            and user.name not in issue.hidden_from
        )

    def named(self, things: Mapping[str, str], id: str | None) -> str | None:
        """The name of a priority or a resolution."""
        return None if id is None else things[id]
