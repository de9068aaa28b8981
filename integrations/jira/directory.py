"""What does not change during a sync and is asked for once: fields, statuses, create screens."""

from functools import cached_property

from integrations.jira import discovery
from integrations.jira.remote import NotAllowedError, NotVisibleError, RefusedError
from integrations.jira.shapes import Json, objects, text
from integrations.jira.sprint_field import find_field
from integrations.jira.stories import Known
from integrations.jira.wire import Wire
from models.tracking.screens import Choice, CreateField


class Directory:
    """One site's, as one account sees it."""

    def __init__(self, wire: Wire, api: str) -> None:
        self._wire = wire
        self._api = api
        self._types: dict[str, tuple[Choice, ...]] = {}
        self._screens: dict[tuple[str, str], tuple[CreateField, ...]] = {}

    @cached_property
    def info(self) -> object:
        """What the site says of itself."""
        return self._wire.get(f"api/{self._api}/serverInfo")

    @cached_property
    def _fields(self) -> list[Json]:
        return objects({"all": self._wire.get(f"api/{self._api}/field")}, "all")

    @property
    def sprint_field(self) -> str | None:
        """The id of the sprint field; None where there are no sprints."""
        found = find_field(self._fields)
        return text(found, "id") if found else None

    @property
    def names(self) -> dict[str, str]:
        """The names that people see of all fields, by id."""
        named = {text(field, "id"): text(field, "name") for field in self._fields}
        return {"project": "Project", "issuetype": "Issue type"} | named

    @cached_property
    def known(self) -> Known:
        """What it takes to read change logs."""
        statuses = objects({"all": self._wire.get(f"api/{self._api}/status")}, "all")
        found = find_field(self._fields)
        return Known(
            categories={text(one, "id"): text(one, "statusCategory", "key") for one in statuses},
            sprint_field=text(found, "id"),
            sprint_name=text(found, "name"),
        )

    def types(self, project: str) -> tuple[Choice, ...]:
        """The types of ticket that can be made in a project."""
        if project not in self._types:
            self._types[project] = discovery.issue_types(self._wire, self._api, project)
        return self._types[project]

    def read_screen(self, project: str, issue_type: str) -> tuple[CreateField, ...]:
        """The create screen of a project's type, as it is now."""
        types = self.types(project)
        found = discovery.create_fields(self._wire, self._api, project, issue_type, types)
        self._screens[project, issue_type] = found
        return found

    def screen(self, project: str, issue_type: str) -> tuple[CreateField, ...]:
        """The create screen as it was read last; empty where nobody says what is on it, since the
        refusal of a ticket explains more than that of its screen."""
        try:
            known = self._screens.get((project, issue_type))
            return known or self.read_screen(project, issue_type)
        except (NotAllowedError, NotVisibleError, RefusedError):
            return ()
