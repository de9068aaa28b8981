"""Atlassian's specifications judge every request and answer, corrected where they are wrong.

A null is taken as absent; the documents never say that something may be null. They are not part of
the project; where ``../shared/jira`` is absent, nothing is judged.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from referencing import Registry
from referencing.jsonschema import DRAFT7

from tests.jira_fake.faces import Json
from tests.jira_fake.journal import Exchange, Journal
from tests.jira_fake.records import Flavour
from tests.jira_fake.server import FakeJira
from tests.jira_fake.site import Site

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "jira"
CLOUD, BOARDS, DATA_CENTER = "cloud", "cloud-boards", "data-center"
FILES = {
    CLOUD: ("jira-cloud-platform-v3.2025-12.json", "/rest/api/3", ""),
    BOARDS: ("jira-software-cloud.2022-07.json", "", "/rest/agile/1.0"),
    DATA_CENTER: ("jira-software-dc-10.3.24.json", "/api/2", "/agile/1.0"),
}
"""Each document with the start of its paths of the platform and of the boards."""

# Corrections: what every site sends although the document says otherwise, and why.

PARTS: dict[tuple[str, str], Json] = {
    # Says that every field is an object; texts, numbers and lists are sent, too.
    (DATA_CENTER, "IssueBean/properties/fields"): {"type": "object"},
    # Says the same of what is sent.
    (DATA_CENTER, "IssueUpdateBean/properties/fields"): {"type": "object"},
    # Declares no members, although its own example has them.
    (DATA_CENTER, "ServerInfoBean"): {"type": "object", "required": ["version", "deploymentType"]},
    # Likewise.
    (DATA_CENTER, "RemoteIssueLinkBean"): {"type": "object", "required": ["id", "self"]},
    # Says a text; any JSON can be stored and comes back as it was.
    (DATA_CENTER, "EntityPropertyBean/properties/value"): {},
    # Says a date; its own example of the bulk answer has a number of milliseconds.
    (CLOUD, "Changelog/properties/created"): {"type": ["string", "integer"]},
}
LISTS = {
    # The schema is that of one item; the example beside it has a list.
    *((DATA_CENTER, path) for path in ("/field", "/priority", "/project", "/status")),
    *((DATA_CENTER, path) for path in ("/user/search", "/user/assignable/search")),
    *((DATA_CENTER, path) for path in ("/resolution", "/project/{}/statuses")),
    *((document, "/issue/{}/remotelink") for document in (CLOUD, DATA_CENTER)),
}
SPRINT, ISSUES = (BOARDS, "SprintBean"), (DATA_CENTER, "SearchResultsBean")
INSTEAD = {
    # No schema, only an example, which has the members of a sprint.
    (BOARDS, "/agile/sprint"): SPRINT,
    (BOARDS, "/agile/sprint/{}"): SPRINT,
    (BOARDS, "/agile/board/{}/sprint"): SPRINT,
    # No schema, only an example, which is a page of issues.
    (BOARDS, "/agile/sprint/{}/issue"): ISSUES,
    # The schema is that of one issue, the example a page of them.
    (DATA_CENTER, "/agile/board/{}/issue"): ISSUES,
    (DATA_CENTER, "/agile/board/{}/backlog"): ISSUES,
}
PAGES = {
    # The schema (given or put in its place) is that of one item; every site sends a page.
    (BOARDS, "/agile/board/{}/sprint"),
    (DATA_CENTER, "/agile/board/{}/sprint"),
    (DATA_CENTER, "/agile/board"),
    (DATA_CENTER, "/issue/createmeta/{}/issuetypes"),
    (DATA_CENTER, "/issue/createmeta/{}/issuetypes/{}"),
}
STATUSES = {
    # Sites answer a new link with 201 and a changed one with 200; only 200 is written down.
    (DATA_CENTER, "POST /issue/{}/remotelink", 201): 200,
}
UNLISTED = {
    # Named in the operation's text only.
    (DATA_CENTER, "/issue/{}/transitions"): {"expand"},
}
"""Parameters that every site takes although the document does not list them."""
ANYTHING = {
    # Says a text, but any JSON can be stored.
    (DATA_CENTER, "/issue/{}/properties/{}")
}
ANYWHERE = {400, 401, 403, 404, 410, 415}
"""Refusals that any operation may answer with, listed by its document or not."""


def at_hand() -> bool:
    """Whether the documents are here."""
    return FOLDER.is_dir()


@contextmanager
def judged(site: Site) -> Iterator[FakeJira]:
    """A fake whose answers are judged at the end, where the documents are at hand."""
    with FakeJira(site) as jira:
        yield jira
    if at_hand():
        found = sorted(set(complaints(jira.journal, site.flavour)))
        assert not found, "\n".join(found)


def complaints(journal: Journal, flavour: Flavour) -> Iterator[str]:
    """What is wrong with the questions and answers in a journal, those of faults left out."""
    for one in journal.exchanges:
        if not one.fault and one.template:
            yield from judge(one, flavour)
            if one.status < 400:
                yield from judge_question(one, flavour)


def judge(one: Exchange, flavour: Flavour) -> Iterator[str]:
    """What is wrong with one answer."""
    document = _document_of(flavour, agile=one.route.split(" ")[1].startswith("/agile/"))
    path = re.sub(r"\{\w+\}", "{}", one.route.split(" ", 1)[1])
    operation = _operations(document).get((one.method.lower(), path))
    if operation is None:
        if one.status < 400:
            yield f"{one.route}: not in the document"
        return
    status = STATUSES.get((document, f"{one.method} {path}", one.status), one.status)
    response = operation["responses"].get(str(status))
    if response is None:
        if one.status not in ANYWHERE:
            yield f"{one.route}: no answer {one.status} in the document"
        return
    schema = _schema(document, path, response, one)
    if schema is not None:
        for error in _validator(json.dumps(schema)).iter_errors(_without_nulls(one.answer)):
            yield f"{one.route} {one.status} {error.json_path}: {error.message[:300]}"


def judge_question(one: Exchange, flavour: Flavour) -> Iterator[str]:
    """What is wrong with one request that the fake took: another site may not be so kind."""
    document = _document_of(flavour, agile=one.route.split(" ")[1].startswith("/agile/"))
    path = re.sub(r"\{\w+\}", "{}", one.route.split(" ", 1)[1])
    operation = _operations(document).get((one.method.lower(), path), {})
    parameters = operation.get("parameters", ())
    known = {each["name"]: each for each in parameters if each["in"] == "query"}
    for name in one.query.keys() - known.keys() - UNLISTED.get((document, path), set()):
        yield f"{one.route}: the document knows no parameter {name}"
    for name, each in known.items():
        if each.get("required") and name not in one.query:
            yield f"{one.route}: the parameter {name} is missing"
    given = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    if one.body is not None and "schema" in given and (document, path) not in ANYTHING:
        schema = _absolute(document, given["schema"])
        for error in _validator(json.dumps(schema)).iter_errors(_without_nulls(one.body)):
            yield f"{one.route} asked {error.json_path}: {error.message[:300]}"


def _document_of(flavour: Flavour, *, agile: bool) -> str:
    if flavour is Flavour.DATA_CENTER:
        return DATA_CENTER
    return BOARDS if agile else CLOUD


def _schema(document: str, path: str, response: Json, one: Exchange) -> Json | None:
    if one.status == 204:
        return {"type": "null"}
    content = response.get("content", {}).get("application/json", {})
    given = content.get("schema")
    if one.status >= 400 or (given is None and (document, path) not in INSTEAD):
        return _absolute(document, given) if given else None
    schema = _absolute(document, given) if given else {}
    if (document, path) in INSTEAD:
        schema = {"$ref": "{}#/components/schemas/{}".format(*INSTEAD[document, path])}
    if (document, path) in LISTS and "globalId" not in one.query and one.method == "GET":
        return {"type": "array", "items": schema}
    if (document, path) in PAGES:
        values = {"type": "array", "items": schema}
        return {"type": "object", "required": ["values"], "properties": {"values": values}}
    return schema


def _absolute(document: str, schema: Json) -> Json:
    text = json.dumps(schema).replace('"#/', f'"{document}#/')
    made: Json = json.loads(text)
    return made


def _without_nulls(value: Any) -> Any:
    """The documents never say that something may be null; a null means that it is not there."""
    if isinstance(value, dict):
        return {name: _without_nulls(one) for name, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_without_nulls(one) for one in value if one is not None]
    return value


@cache
def _document(name: str) -> Json:
    made: Json = json.loads((FOLDER / "specs" / FILES[name][0]).read_text(encoding="utf-8"))
    for (document, path), schema in PARTS.items():
        if document == name:
            *way, last = path.split("/")
            part = made["components"]["schemas"]
            for step in way:
                part = part[step]
            part[last] = schema
    return made


@cache
def _operations(name: str) -> dict[tuple[str, str], Json]:
    """The operations by method and path, the paths as the journal's routes have them."""
    _, platform, boards = FILES[name]
    found: dict[tuple[str, str], Json] = {}
    for path, methods in _document(name)["paths"].items():
        plain = re.sub(r"\{\w+\}", "{}", path)
        if boards and plain.startswith(boards):
            plain = "/agile" + plain.removeprefix(boards)
        elif platform and plain.startswith(platform):
            plain = plain.removeprefix(platform)
        else:
            continue
        found |= {(method, plain): one for method, one in methods.items() if isinstance(one, dict)}
    return found


@cache
def _registry() -> "Registry[Any]":
    pairs = [(name, DRAFT7.create_resource(_document(name))) for name in FILES]
    made: Registry[Any] = Registry()
    return made.with_resources(pairs)


@cache
def _validator(schema: str) -> Draft7Validator:
    return Draft7Validator(json.loads(schema), registry=_registry())
