"""The life of sprints: filled, started, completed with what was left carried over, deleted."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from tests.jira_fake import issues
from tests.jira_fake.records import Issue, Sprint, User
from tests.jira_fake.refusals import RefusedError
from tests.jira_fake.site import Site

MOST_AT_ONCE = 50


def issues_in(site: Site, sprint: Sprint) -> list[Issue]:
    """The issues whose sprint field holds a sprint."""
    return [issue for issue in site.issues.values() if sprint in site.sprints_of(issue)]


def start(site: Site, sprint: Sprint, ends: datetime | None = None, days: float = 14) -> None:
    """Starts a future sprint.

    Raises:
        RefusedError: it is not a future one.
    """
    if sprint.state != "future":
        raise RefusedError(400, "Only a future sprint can be started.")
    sprint.starts = site.stamp()
    sprint.ends = ends or sprint.starts + timedelta(days=days)
    sprint.state = "active"


def complete(site: Site, by: User, sprint: Sprint, into: Sprint | None = None) -> None:
    """Completes the active sprint; what is not done goes into another one, or to the backlog.

    The completed sprint stays in the field of every issue, so that one which goes to the backlog
    has no entry in its history.

    Raises:
        RefusedError: it is not active.
    """
    if sprint.state != "active":
        raise RefusedError(400, "Only an active sprint can be completed.")
    sprint.state, sprint.completed = "closed", site.stamp()
    for issue in issues_in(site, sprint) if into else ():
        if site.statuses[issue.status].category != "done" and into is not None:
            issues.put_in_sprint(site, by, issue, into.id)


def delete(site: Site, by: User, sprint: Sprint) -> None:
    """Deletes a future sprint; its issues go to the backlog."""
    if sprint.state != "future":
        raise RefusedError(400, "Only a future sprint can be deleted.")
    for issue in issues_in(site, sprint):
        issues.put_in_sprint(site, by, issue, None)
    del site.sprints[sprint.id]


def put(site: Site, by: User, keys: Iterable[str], sprint: Sprint | None) -> None:
    """Puts issues into an open sprint, or into the backlog; all of them or none.

    Raises:
        RefusedError: 400 for more than fifty or a closed sprint, 403 and 404.
    """
    wanted = list(keys)
    if len(wanted) > MOST_AT_ONCE:
        raise RefusedError(400, f"The number of issues is limited to {MOST_AT_ONCE}.")
    if sprint is not None and sprint.state == "closed":
        raise RefusedError(400, "Issue can be assigned only active or future sprints.")
    found = [site.issue(key, by) for key in wanted]
    for issue in found:
        project = site.projects[issue.project]
        site.require(by, "SCHEDULE_ISSUES", project, "You cannot schedule issues here.")
    for issue in found:
        issues.put_in_sprint(site, by, issue, sprint.id if sprint else None)
