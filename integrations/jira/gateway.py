"""A Jira site behind our interface: what both flavours do alike."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from time import monotonic
from urllib.parse import quote

from integrations.jira import changing, discovery
from integrations.jira.answers import named
from integrations.jira.directory import Directory
from integrations.jira.drafts import payload
from integrations.jira.queries import by_labels, by_texts, quoted
from integrations.jira.remote import (
    Account,
    Board,
    Draft,
    Issue,
    NotAllowedError,
    OutcomeUnknownError,
    RefusedError,
    Sight,
    SiteFacts,
    Story,
    Transition,
    UnreachableError,
)
from integrations.jira.searching import MOST_IDS, Search
from integrations.jira.shapes import Json, text
from integrations.jira.sprint_field import read_sprint
from integrations.jira.tickets import FIELDS, account_of, by_label, number_of, read_issue
from integrations.jira.waiting import http_date
from integrations.jira.wire import Wire
from models.batches import batches
from models.tracking.connections import Flavour
from models.tracking.outbox import Found
from models.tracking.screens import Choice, CreateField
from models.tracking.sprints import Sprint

LABELS_AT_ONCE = 50
A_FEW = 100
MOST_LOOKS = 5
"""Requests to find out what can still be seen: a sync of a thousand tickets has twelve in all."""
WITH_LABEL = ("labels", "description")


class Gateway(ABC):
    """One site, seen by one account; what ``Remote`` promises."""

    flavour: Flavour
    account_member: str
    """The member that names somebody in a field."""

    def __init__(self, wire: Wire, search: Search, *, site: str, api: str) -> None:
        self._wire = wire
        self._search = search
        self._site = site
        self._api = api
        self._directory = Directory(wire, api)
        self._facts: SiteFacts | None = None
        self._texts_searched = True

    def close(self) -> None:
        """Ends the connection."""
        self._wire.close()

    def facts(self) -> SiteFacts:
        """See ``Remote``. Who we are is asked anew each time, what the site is only once."""
        info = self._directory.info
        started, before = monotonic(), self._wire.clock()
        me, headers = self._wire.look(f"api/{self._api}/myself")
        took = timedelta(seconds=monotonic() - started)
        self._require_somebody(me)
        cloud = text(info, "deploymentType") == "Cloud"
        self._facts = SiteFacts(
            flavour=Flavour.CLOUD if cloud else Flavour.DATA_CENTER,
            title=text(info, "serverTitle"),
            account=account_of(me),
            account_name=text(me, "displayName"),
            zone=text(me, "timeZone"),
            skew=_skew(headers.get("Date", ""), before, took),
            took=took,
        )
        return self._facts

    @property
    def _here(self) -> SiteFacts:
        return self._facts or self.facts()

    def _require_signed_in(self) -> None:
        """For an answer with nothing in it: a stranger would get one, too."""
        self._require_somebody(self._wire.get(f"api/{self._api}/myself"))

    def _require_somebody(self, me: object) -> None:
        if not account_of(me):
            raise NotAllowedError(f"{self._site} takes us for a stranger: the token is not valid.")

    # Discovery.

    def projects(self) -> tuple[Choice, ...]:
        """See ``Remote``."""
        return discovery.projects(self._wire, self._api, self.flavour)

    def issue_types(self, project: str) -> tuple[Choice, ...]:
        """See ``Remote``."""
        return self._directory.types(project)

    def create_fields(self, project: str, issue_type: str) -> tuple[CreateField, ...]:
        """See ``Remote``."""
        return self._directory.read_screen(project, issue_type)

    def boards(self, project: str) -> tuple[Board, ...]:
        """See ``Remote``."""
        return discovery.boards(self._wire, project)

    def sprints(self, board: int) -> tuple[Sprint, ...]:
        """See ``Remote``."""
        return discovery.open_sprints(self._wire, board)

    def sprint(self, id: int) -> Sprint:
        """See ``Remote``."""
        found = read_sprint(self._wire.get(f"agile/1.0/sprint/{id}"))
        if found is None:
            raise UnreachableError(f"What {self._site} says of sprint {id} cannot be read.")
        return found

    def priorities(self) -> tuple[Choice, ...]:
        """See ``Remote``."""
        return discovery.priorities(self._wire, self._api)

    def statuses(self, project: str, issue_type: str) -> tuple[Choice, ...]:
        """See ``Remote``."""
        return discovery.statuses(self._wire, self._api, project, issue_type)

    def accounts(self, project: str, text: str) -> tuple[Account, ...]:
        """See ``Remote``."""
        return discovery.accounts(self._wire, self._api, self.flavour, project, text)

    def permissions(self, project: str) -> frozenset[str]:
        """See ``Remote``."""
        return discovery.permissions(self._wire, self._api, self.flavour, project)

    # Making one.

    def highest_number(self, project: str) -> int:
        """See ``Remote``. A search that trails gives a lower one, and so more to look through."""
        jql = f"project = {quoted(project)} ORDER BY key DESC"
        for raw in self._search.find(jql, fields=["key"], most=1):
            return number_of(text(raw, "key"))
        self._require_signed_in()
        return 0

    def labelled(self, labels: Sequence[str]) -> dict[str, tuple[Found, ...]]:
        """See ``Remote``."""
        found: dict[str, tuple[Found, ...]] = {}
        for some in batches(labels, LABELS_AT_ONCE):
            found |= by_label(self._with_labels(some), some)
        if labels and not found:
            self._require_signed_in()
        return found

    def _with_labels(self, labels: Sequence[str]) -> list[Json]:
        """The tickets with a label, or with it in their text, where a screen has no labels and
        as long as the site searches texts."""
        query = by_labels(labels)
        if self._texts_searched:
            try:
                whole = f"{query} OR {by_texts(labels)}"
                return list(self._search.find(whole, fields=WITH_LABEL))
            except RefusedError:
                self._texts_searched = False
        return list(self._search.find(query, fields=WITH_LABEL))

    @abstractmethod
    def above(
        self, project: str, number: int, wanted: Mapping[str, str], *, quick: bool = False
    ) -> dict[str, tuple[Found, ...]]:
        """See ``Remote``."""

    def create(self, draft: Draft) -> Found:
        """See ``Remote``. One request makes the ticket; what it needs is read before."""
        screen = self._directory.screen(draft.project, draft.issue_type)
        body = payload(
            draft,
            api=self._api,
            screen={field.id for field in screen},
            account=self.account_member,
        )
        try:
            made = self._wire.post(f"api/{self._api}/issue", body)
        except RefusedError as error:
            seen = {field.id: field.name for field in screen}
            raise named(error, self._directory.names | seen) from error
        if not text(made, "id") or not text(made, "key"):
            raise OutcomeUnknownError(f"{self._site} did not say which ticket it made.")
        return _found(made)

    def link_back(self, ticket_id: str, name: str, address: str, title: str) -> None:
        """See ``Remote``; ``name`` is the link's global id."""
        changing.link_back(self._wire, self._api, ticket_id, (name, address, title))

    # Reading.

    def visible(self, ticket_ids: Sequence[str]) -> Sight:
        """See ``Remote``. What the first page holds of all tells how long the pages are here."""
        seen: set[str] = set()
        looked_at: set[str] = set()
        size, place = MOST_IDS, 0
        for _ in range(MOST_LOOKS):
            some = ticket_ids[place : place + size]
            if not some:
                break
            found, whole = self._listed(some)
            seen |= found
            if whole:
                looked_at |= set(some)
                place += len(some)
            else:
                size = len(found) or A_FEW
        seen |= self._late([id for id in ticket_ids if id in looked_at and id not in seen])
        if ticket_ids and not seen:
            self._require_signed_in()
        return Sight(frozenset(seen), frozenset(looked_at | seen))

    @abstractmethod
    def _listed(self, ids: Sequence[str]) -> tuple[set[str], bool]:
        """Those of the tickets that one request finds, and whether that is all it could."""

    @abstractmethod
    def _late(self, ids: Sequence[str]) -> set[str]:
        """Those of the tickets that are there although the search does not know them."""

    @abstractmethod
    def read(self, ticket_ids: Sequence[str]) -> Iterator[Issue]:
        """See ``Remote``."""

    @abstractmethod
    def changed(self, ticket_ids: Sequence[str], since: datetime) -> Iterator[Issue]:
        """See ``Remote``."""

    @abstractmethod
    def stories(self, ticket_ids: Sequence[str]) -> dict[str, Story]:
        """See ``Remote``."""

    def read_key(self, key: str) -> Issue:
        """See ``Remote``."""
        path = f"api/{self._api}/issue/{quote(key.strip(), safe='')}"
        return self._issue(self._wire.get(path, fields=",".join(self._fields)))

    @property
    def _fields(self) -> list[str]:
        held = self._directory.sprint_field
        return [*FIELDS, *([held] if held else [])]

    def _issue(self, raw: Json) -> Issue:
        if not text(raw, "id"):
            raise UnreachableError(f"What {self._site} says of a ticket cannot be read.")
        return read_issue(raw, site=self._site, sprint_field=self._directory.sprint_field)

    # Changing.

    def change(self, ticket_id: str, values: Mapping[str, str]) -> None:
        """See ``Remote``."""
        with self._naming():
            fields = changing.edits(values, self.account_member)
            path = f"api/{self._api}/issue/{quote(ticket_id, safe='')}"
            self._wire.put(path, {"fields": fields})

    def put_in_sprint(self, ticket_id: str, sprint: int | None) -> None:
        """See ``Remote``."""
        changing.put_in_sprint(self._wire, ticket_id, sprint)

    def transitions(self, ticket_id: str) -> tuple[Transition, ...]:
        """See ``Remote``."""
        return changing.transitions(self._wire, self._api, ticket_id)

    def take(self, ticket_id: str, transition: str, values: Mapping[str, object]) -> None:
        """See ``Remote``."""
        with self._naming():
            changing.take(self._wire, self._api, ticket_id, transition, values)

    @contextmanager
    def _naming(self) -> Iterator[None]:
        """Puts the names that people see beside the fields of a refusal."""
        try:
            yield
        except RefusedError as error:
            raise named(error, self._directory.names) from error


def _found(raw: Json) -> Found:
    return Found(text(raw, "id"), text(raw, "key"))


def _skew(date: str, before: datetime, took: timedelta) -> timedelta:
    """How far the site's clock is ahead of ours; its header knows no parts of a second."""
    there = http_date(date)
    ahead = there - (before + took / 2) if there else timedelta()
    return timedelta(seconds=round(ahead.total_seconds()))
