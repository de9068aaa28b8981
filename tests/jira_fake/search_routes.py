"""Searches, and many issues or change logs at once."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from tests.jira_fake import history, searching, showing
from tests.jira_fake.calls import Answer, Call, operation
from tests.jira_fake.faces import Json
from tests.jira_fake.records import Entry, Flavour, Issue
from tests.jira_fake.refusals import RefusedError

CLOUD, DATA_CENTER = Flavour.CLOUD, Flavour.DATA_CENTER
MOST_FETCHED = 100
MOST_RECONCILED = 50
MOST_FOUND_BY_ID = 5000
MOST_CHANGELOGS = 1000
MOST_FIELD_IDS = 10

T = TypeVar("T")


def _removed(call: Call) -> Answer:
    raise RefusedError(
        410,
        "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. "
        "A full migration guideline is available at "
        "https://developer.atlassian.com/changelog/#CHANGE-2046",
    )


operation("GET", "/search", only=CLOUD)(_removed)
operation("POST", "/search", only=CLOUD)(_removed)


def _token(position: int) -> str:
    return base64.urlsafe_b64encode(f"after:{position}".encode()).decode()


def _after(token: str | None) -> int:
    if token is None:
        return 0
    try:
        word, _, figure = base64.urlsafe_b64decode(token).decode().partition(":")
        if word == "after":
            return int(figure)
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise RefusedError(400, "The nextPageToken is invalid.") from error
    raise RefusedError(400, "The nextPageToken is invalid.")


def _follow(items: Sequence[T], start: int, size: int) -> tuple[list[T], Json]:
    """A page and the token of the next, where there is one."""
    end = start + size
    more = {"nextPageToken": _token(end)} if end < len(items) else {}
    return list(items[start:end]), more


def _listed(value: object) -> list[str]:
    if isinstance(value, str):
        return [word for word in value.split(",") if word]
    return [str(item) for item in value] if isinstance(value, list) else []


def _figure(value: object, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise RefusedError(400, f"'{name}' must be a number.")
    return value


@operation("GET", "/search/jql", only=CLOUD)
def search_by_query(call: Call) -> Answer:
    return _enhanced(call, {**call.query, "maxResults": call.number("maxResults", 50)})


@operation("POST", "/search/jql", only=CLOUD)
def search_by_body(call: Call) -> Answer:
    return _enhanced(call, call.sent)


def _enhanced(call: Call, asked: Json) -> Answer:
    """Cloud's search: nothing but ids unless fields are named, pages by token, no total."""
    fields = _listed(asked.get("fields")) or ["id"]
    fresh = [int(id) for id in _listed(asked.get("reconcileIssues"))]
    if len(fresh) > MOST_RECONCILED:
        raise RefusedError(400, "At most 50 issues can be reconciled.")
    found = searching.find(call.site, call.user, str(asked.get("jql") or ""), fresh=fresh)
    most = MOST_FOUND_BY_ID if fields == ["id"] else MOST_FETCHED
    size = call.size(_figure(asked.get("maxResults", 50), "maxResults"), most)
    page, more = _follow(found, _after(asked.get("nextPageToken")), size)
    shown = _issues(call, page, asked | {"fields": fields})
    return 200, {"issues": shown, "isLast": not more, **more}


def _issues(call: Call, found: list[Issue], asked: Json) -> list[Json]:
    return [
        showing.issue(
            call.face,
            call.me,
            issue,
            fields=_listed(asked.get("fields")) or ["*navigable"],
            expand=_listed(asked.get("expand")),
            properties=_listed(asked.get("properties")),
        )
        for issue in found
    ]


@operation("GET", "/search", only=DATA_CENTER)
def classic_search_by_query(call: Call) -> Answer:
    figures = {"startAt": call.number("startAt", 0), "maxResults": call.number("maxResults", 50)}
    strict = call.query.get("validateQuery", "true") in ("true", "strict")
    return _classic(call, {**call.query, **figures, "validateQuery": strict})


@operation("POST", "/search", only=DATA_CENTER)
def classic_search_by_body(call: Call) -> Answer:
    return _classic(call, call.sent)


def _classic(call: Call, asked: Json) -> Answer:
    """Data Center's search: pages by position, with a total."""
    strict = asked.get("validateQuery", True) is not False
    found = searching.find(call.site, call.user, str(asked.get("jql") or ""), strict=strict)
    start = _figure(asked.get("startAt", 0), "startAt")
    size = call.size(_figure(asked.get("maxResults", 50), "maxResults"), 1000)
    page = found[start : start + size]
    return 200, {
        "expand": "schema,names",
        "startAt": start,
        "maxResults": size,
        "total": len(found),
        "issues": _issues(call, page, asked),
    }


def _asked_issues(call: Call, most: int) -> tuple[list[Issue], list[str]]:
    asked = _listed(call.sent.get("issueIdsOrKeys"))
    if not 1 <= len(asked) <= most:
        raise RefusedError(400, f"Between 1 and {most} issue ids or keys are needed.")
    found: dict[int, Issue] = {}
    missing = []
    for name in asked:
        try:
            issue = call.site.issue(name, call.me)
        except RefusedError:
            missing.append(name)
        else:
            found[issue.id] = issue
    return list(found.values()), missing


@operation("POST", "/issue/bulkfetch", only=CLOUD)
def bulk_fetch(call: Call) -> Answer:
    """Issues by id; those that are not visible are named, without saying why."""
    found, missing = _asked_issues(call, MOST_FETCHED)
    errors = [
        {
            "id": name,
            "errorMessage": "Issue does not exist or you do not have permission to see it.",
        }
        for name in missing
    ]
    return 200, {"issues": _issues(call, found, call.sent), "issueErrors": errors}


@operation("POST", "/changelog/bulkfetch", only=CLOUD)
def bulk_changelogs(call: Call) -> Answer:
    """The change logs of many issues, oldest entry first; moments are in milliseconds here."""
    if not call.site.bulk_changelogs:
        raise RefusedError(404, "null for uri: /rest/api/3/changelog/bulkfetch")
    found, _ = _asked_issues(call, MOST_CHANGELOGS)
    wanted = set(_listed(call.sent.get("fieldIds")))
    if len(wanted) > MOST_FIELD_IDS:
        raise RefusedError(400, "At most 10 field ids can be given.")
    pairs = [
        (entry.at, issue.id, entry)
        for issue in found
        for entry in issue.entries
        if not wanted or any(change.field_id in wanted for change in entry.changes)
    ]
    pairs.sort(key=lambda pair: pair[:2])
    size = call.size(_figure(call.sent.get("maxResults", 1000), "maxResults"), 10_000)
    page, more = _follow(pairs, _after(call.sent.get("nextPageToken")), size)
    logs: dict[int, list[Json]] = {}
    for _, id, entry in page:
        logs.setdefault(id, []).append(_in_milliseconds(call, entry))
    shown = [{"issueId": str(id), "changeHistories": log} for id, log in logs.items()]
    return 200, {"issueChangeLogs": shown, **more}


def _in_milliseconds(call: Call, entry: Entry) -> Json:
    return history.entry(call.face, entry) | {"created": int(entry.at.timestamp() * 1000)}
