"""What a query finds: evaluated on what the index knew, for one user, in its order."""

from collections.abc import Callable, Iterable
from typing import Any

from tests.jira_fake.jql import Query, parse, wrong
from tests.jira_fake.matching import Search, number_of
from tests.jira_fake.records import Indexed, Issue, User
from tests.jira_fake.refusals import RefusedError
from tests.jira_fake.site import Site


def find(
    site: Site, user: User | None, jql: str, *, fresh: Iterable[int] = (), strict: bool = True
) -> list[Issue]:
    """The issues that a query finds, in its order; nobody (not signed in) finds nothing.

    ``fresh`` are ids that are looked at as they are now, whatever the index knows. With
    ``strict`` off, keys that do not exist find nothing instead of being refused.

    Raises:
        RefusedError: 400 for a query without restriction, or one that the site cannot read.
    """
    query = parse(jql)
    if query.where is None:
        raise RefusedError(
            400,
            "Unbounded JQL queries are not allowed here. "
            "Please add a search restriction to your query.",
        )
    if user is None:
        return []
    search = Search(site, user, strict)
    wanted = search.test(query.where)
    now_known = set(fresh)
    found = []
    for issue in site.issues.values():
        known = _known(site, issue, fresh=issue.id in now_known)
        if known is not None and site.sees(user, issue) and wanted(issue, known):
            found.append((issue, known))
    return [issue for issue, _ in _ordered(site, query, found)]


def _known(site: Site, issue: Issue, *, fresh: bool) -> Indexed | None:
    if fresh:
        return issue.index[-1]
    latest = site.now - site.lag
    return next((known for known in reversed(issue.index) if known.at <= latest), None)


def _ordered(
    site: Site, query: Query, found: list[tuple[Issue, Indexed]]
) -> list[tuple[Issue, Indexed]]:
    keys: dict[str, Callable[[tuple[Issue, Indexed]], Any]] = {
        "created": lambda pair: (pair[0].created, pair[0].id),
        "updated": lambda pair: (pair[1].updated, pair[0].id),
        "key": lambda pair: number_of(pair[1].key),
        "id": lambda pair: pair[0].id,
        "priority": lambda pair: list(site.priorities).index(pair[1].values["priority"]),
    }
    for field, descending in reversed(query.order or (("created", True),)):
        if field not in keys:
            raise wrong(f"Field '{field}' does not exist or cannot be sorted by.")
        found.sort(key=keys[field], reverse=descending)
    return found
