"""What the clauses of a query mean, for one user and in that user's zone."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from operator import eq, ge, gt, le, lt
from typing import Any
from zoneinfo import ZoneInfo

from tests.jira_fake import adf
from tests.jira_fake.jql import Call, Clause, Junction, Node, Operand, wrong
from tests.jira_fake.records import Field, Indexed, Issue, Kind, User
from tests.jira_fake.refusals import RefusedError
from tests.jira_fake.site import Site

ALIASES = {"type": "issuetype", "due": "duedate", "issuekey": "key", "issue": "key", "id": "key"}
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
Test = Callable[[Issue, Indexed], bool]
Read = Callable[[Indexed], Any]
Resolve = Callable[[Operand], set[Any]]
Compare = Callable[[Any, Any], bool]
COMPARED: dict[str, Compare] = {">=": ge, ">": gt, "<=": le, "<": lt}
MOMENTS = ("%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y-%m-%d", "%Y/%m/%d")


def number_of(key: str) -> tuple[str, int]:
    """The project and the number of a key."""
    project, _, number = key.rpartition("-")
    return project, int(number)


@dataclass(frozen=True, slots=True)
class Search:
    """Turns a query into a test; every name and value in it is looked up before anything runs."""

    site: Site
    user: User
    strict: bool

    def test(self, node: Node) -> Test:
        if isinstance(node, Clause):
            return self._clause(node)
        tests = [self.test(part) for part in node.parts]
        only = node.parts[0]
        if node.word == "not" and isinstance(only, Clause) and self._leaves_empty_out(only):
            tests = [self._equal(only.field, replace(only, operands=(*only.operands, None)))]
        return _joined(node, tests)

    def _leaves_empty_out(self, clause: Clause) -> bool:
        """As in Jira, what is not equal to a value has some value."""
        names = {field.name.lower() for field in self.site.fields.values()}
        return clause.operator == "=" and clause.field in names | set(self.site.fields)

    def _clause(self, clause: Clause) -> Test:
        name = ALIASES.get(clause.field, clause.field)
        if name in ("created", "updated", "resolutiondate", "resolved"):
            return self._moment(name, clause)
        if name in ("summary", "description", "text") or clause.operator == "~":
            return self._words(name, clause)
        if clause.operator != "=" and name not in ("duedate", "key"):
            raise wrong(f"The operator '{clause.operator}' is not supported by '{clause.field}'.")
        if name == "duedate":
            return self._due(clause)
        if name == "key":
            return self._key(clause)
        return self._equal(name, clause)

    def _equal(self, name: str, clause: Clause) -> Test:
        getter, resolve = self._readers(name)
        wanted: set[Any] = set()
        for operand in clause.operands:
            wanted |= {None} if operand is None else resolve(operand)

        def test(issue: Issue, known: Indexed) -> bool:
            held = getter(known)
            values = set(held) if isinstance(held, list) else {held}
            return bool((values or {None}) & wanted)

        return test

    def _readers(self, name: str) -> tuple[Read, Resolve]:
        site = self.site
        categories = {"new": "To Do", "indeterminate": "In Progress", "done": "Done"}
        projects = [(p.id, (p.id, p.key, p.name)) for p in site.projects.values()]
        types = [(t.id, (t.id, t.name)) for t in site.types.values()]
        statuses = [(s.id, (s.id, s.name)) for s in site.statuses.values()]
        words = [(key, (key, word)) for key, word in categories.items()]
        fixed: dict[str, tuple[Read, Resolve]] = {
            "project": (lambda known: known.project, self._lookup(name, projects)),
            "issuetype": (lambda known: known.type, self._lookup(name, types)),
            "status": (lambda known: known.status, self._lookup(name, statuses)),
            "statuscategory": (
                lambda known: site.statuses[known.status].category,
                self._lookup(name, words),
            ),
        }
        if name in fixed:
            return fixed[name]
        field = self._field(name)
        return lambda known: known.values.get(field.id), self._resolver(field)

    def _field(self, name: str) -> Field:
        for field in self.site.fields.values():
            number = field.id.rpartition("_")[2]
            if name in (field.id, field.name.lower()) or (field.custom and name == f"cf[{number}]"):
                return field
        raise wrong(f"Field '{name}' does not exist or you do not have permission to view it.")

    def _resolver(self, field: Field) -> Resolve:
        site = self.site
        if field.kind is Kind.SPRINT:
            return self._sprints
        if field.kind is Kind.USER:
            return self._users
        named = {
            Kind.PRIORITY: site.priorities,
            Kind.RESOLUTION: site.resolutions,
            Kind.OPTION: field.options,
            Kind.OPTIONS: field.options,
        }.get(field.kind)
        if named is None:
            return lambda operand: {operand}
        pairs = [(id, (id, text)) for id, text in named.items()]
        unresolved = [("", ("unresolved",))] if field.kind is Kind.RESOLUTION else []
        look = self._lookup(field.id, [*pairs, *unresolved])
        return lambda operand: {id or None for id in look(operand)}

    def _lookup(self, name: str, pairs: Sequence[tuple[str, tuple[str, ...]]]) -> Resolve:
        def resolve(operand: Operand) -> set[Any]:
            text = str(operand).lower()
            found = {id for id, names in pairs if text in (known.lower() for known in names)}
            if not found or isinstance(operand, Call):
                raise wrong(f"The value '{operand}' does not exist for the field '{name}'.")
            return found

        return resolve

    def _sprints(self, operand: Operand) -> set[Any]:
        sprints = self.site.sprints.values()
        states = {"opensprints": "active", "futuresprints": "future", "closedsprints": "closed"}
        if isinstance(operand, Call):
            if operand.name not in states:
                raise wrong(f"Unable to find JQL function '{operand.name}()'.")
            return {s.id for s in sprints if s.state == states[operand.name]} or {0}
        found = {s.id for s in sprints if operand in (str(s.id), s.name)}
        if not found:
            raise wrong(f"Sprint with name or id '{operand}' does not exist.")
        return found

    def _users(self, operand: Operand) -> set[Any]:
        if isinstance(operand, Call):
            if operand.name != "currentuser":
                raise wrong(f"Unable to find JQL function '{operand.name}()'.")
            return {self.user.name}
        for user in self.site.users.values():
            if operand in (user.account_id if self.site.cloud else user.name, user.email):
                return {user.name}
        raise wrong(f"The value '{operand}' does not exist for the field 'assignee'.")

    def _key(self, clause: Clause) -> Test:
        numbers = set()
        for operand in clause.operands:
            try:
                numbers.add(self.site.issue(str(operand), self.user).id)
            except RefusedError as error:
                if self.strict:
                    raise wrong(
                        f"An issue with key '{operand}' does not exist for field 'key'."
                    ) from error
        if clause.operator == "=":
            return lambda issue, known: issue.id in numbers
        compare = COMPARED[clause.operator]
        limits = [number_of(self.site.issues[number].key) for number in numbers]

        def test(issue: Issue, known: Indexed) -> bool:
            project, number = number_of(known.key)
            return any(project == other and compare(number, limit) for other, limit in limits)

        return test

    def _words(self, name: str, clause: Clause) -> Test:
        if clause.operator != "~":
            raise wrong(f"The operator '{clause.operator}' is not supported by '{name}'.")
        fields = ["summary", "description"] if name == "text" else [self._field(name).id]
        wanted = re.findall(r"\w+", str(clause.operands[0]).lower())
        if not wanted:
            raise wrong(f"The field '{name}' does not support searching for an empty string.")

        def test(issue: Issue, known: Indexed) -> bool:
            held = [known.values.get(field) for field in fields]
            texts = [adf.to_text(v) if isinstance(v, dict) else str(v or "") for v in held]
            words = re.findall(r"\w+", " ".join(texts).lower())
            return all(word in words for word in wanted)

        return test

    def _moment(self, name: str, clause: Clause) -> Test:
        if clause.operands == (None,):
            return lambda issue, known: (name.startswith("resol")) and issue.resolved is None
        compare = COMPARED.get(clause.operator)
        if compare is None:
            raise wrong(f"The operator '{clause.operator}' is not supported by '{name}' here.")
        limit = self._instant(clause.operands[0], clause.field)

        def test(issue: Issue, known: Indexed) -> bool:
            held = {"created": issue.created, "updated": known.updated}.get(name, issue.resolved)
            return held is not None and compare(held, limit)

        return test

    def _instant(self, operand: Operand, field: str) -> datetime:
        now, zone = self.site.now, ZoneInfo(self.user.zone)
        if isinstance(operand, Call) and operand.name == "now":
            return now
        if relative := re.fullmatch(r"([+-]?\d+)([mhdw])", str(operand)):
            return now + timedelta(**{UNITS[relative[2]]: int(relative[1])})
        for pattern in MOMENTS:
            try:
                local = datetime.strptime(str(operand), pattern).replace(tzinfo=zone)
            except ValueError:
                continue
            return local.astimezone(UTC)
        raise wrong(
            f"Date value '{operand}' for field '{field}' is invalid. Valid formats include: "
            "'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', "
            "or a period format e.g. '-5d', '4w 2d'."
        )

    def _due(self, clause: Clause) -> Test:
        if None in clause.operands:
            return lambda issue, known: known.values.get("duedate") is None
        zone = ZoneInfo(self.user.zone)
        days = [
            self._instant(operand, "duedate").astimezone(zone).date().isoformat()
            for operand in clause.operands
        ]
        compare: Compare = COMPARED.get(clause.operator, eq)

        def test(issue: Issue, known: Indexed) -> bool:
            held = known.values.get("duedate")
            return held is not None and any(compare(held, day) for day in days)

        return test


def _joined(node: Junction, tests: list[Test]) -> Test:
    if node.word == "not":
        return lambda issue, known: not tests[0](issue, known)
    if node.word == "and":
        return lambda issue, known: all(test(issue, known) for test in tests)
    return lambda issue, known: any(test(issue, known) for test in tests)
