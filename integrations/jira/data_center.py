"""Jira Data Center: a search that takes ids that are gone, tickets one by one beside it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from integrations.jira.gateway import WITH_LABEL, Gateway
from integrations.jira.queries import by_ids, changed_since, quoted
from integrations.jira.remote import Issue, NotVisibleError, Story
from integrations.jira.searching import MOST_IDS, PositionSearch
from integrations.jira.shapes import Json, inside, objects, text
from integrations.jira.stories import read_story
from integrations.jira.tickets import MARK, account_of, by_label, number_of
from integrations.jira.wire import Wire
from models.batches import batches
from models.tracking.connections import Flavour
from models.tracking.outbox import Found
from models.tracking.translating import ticket_title

MOST_GAPS = 10
"""So many keys in a row that are not there end a project."""
FEW_GAPS = 3
"""So many end a quick look."""
QUICK = 100
"""How many of the newest tickets a quick look asks the search for."""
TOLD_BY = (*WITH_LABEL, "summary", "creator", "reporter")
MOST_UNTOLD = 10
"""So many tickets that may be ours are read for their property."""
GONE = 2
"""The newest tickets are what a search may not know yet; so many that are gone end the look."""


class DataCenter(Gateway):
    """A Data Center site."""

    flavour = Flavour.DATA_CENTER
    account_member = "name"

    def __init__(self, wire: Wire, *, site: str) -> None:
        self._positions = PositionSearch(wire)
        super().__init__(wire, self._positions, site=site, api="2")

    def _fetch(self, name: str, fields: Sequence[str]) -> Json | None:
        """A ticket by id or key as it is now, None where it is not visible."""
        try:
            raw = self._wire.get(f"api/2/issue/{name}", fields=",".join(fields), properties=MARK)
        except NotVisibleError:
            return None
        return raw if isinstance(raw, dict) else None

    def above(
        self, project: str, number: int, wanted: Mapping[str, str], *, quick: bool = False
    ) -> dict[str, tuple[Found, ...]]:
        """See ``Remote``. The search gives most of them, the others are read one by one; so are
        the few that may be ours and whose property alone, which no search gives, would say so."""
        known: dict[int, Json] = {}
        jql = f"project = {quoted(project)} ORDER BY key DESC"
        for raw in self._search.find(jql, fields=TOLD_BY, most=QUICK if quick else None):
            reached = number_of(text(raw, "key"))
            if reached <= number:
                break
            known[reached] = raw
        for one in self._untold(known, wanted):
            known[one] = self._fetch(f"{project}-{one}", WITH_LABEL) or known[one]
        gaps, highest = 0, max(known, default=number)
        most_gaps = FEW_GAPS if quick else MOST_GAPS
        number = max(number, highest - MOST_GAPS) if quick else number
        while number < highest or gaps < most_gaps:
            number += 1
            if number not in known:
                raw_now = self._fetch(f"{project}-{number}", WITH_LABEL)
                gaps = 0 if raw_now else gaps + 1
                known |= {number: raw_now} if raw_now else {}
        if not known:
            self._require_signed_in()
        return by_label(known.values(), wanted)

    def _untold(self, known: Mapping[int, Json], wanted: Mapping[str, str]) -> list[int]:
        """The numbers of tickets that we made, as it seems, on a screen without labels and text:
        those with a title that is looked for first, then the oldest, a few of them."""
        me, titles = self._here.account, set(map(ticket_title, wanted.values()))
        ours = {
            number: text(raw, "fields", "summary") not in titles
            for number, raw in known.items()
            if MARK not in json.dumps(raw.get("fields")) and me in (_makers(raw) or {me})
        }
        return sorted(ours, key=lambda number: (ours[number], number))[:MOST_UNTOLD]

    def _find(self, ids: Sequence[str]) -> Iterator[Json]:
        for some in batches(ids, MOST_IDS):
            yield from self._search.find(by_ids(some), fields=self._fields)

    def _unknown_to_search(
        self, ids: Sequence[str], found: set[str], fields: Sequence[str]
    ) -> Iterator[Json]:
        """The tickets that a trailing search left out: new ones, whose ids are the highest."""
        gone = 0
        for id in sorted(set(ids) - found, key=_by_length, reverse=True):
            raw = self._fetch(id, fields)
            if raw is not None:
                yield raw
                continue
            gone += 1
            if gone == GONE:
                return

    def _late(self, ids: Sequence[str]) -> set[str]:
        late = self._unknown_to_search(ids, set(), ["updated"])
        return {text(raw, "id") for raw in late}

    def _listed(self, ids: Sequence[str]) -> tuple[set[str], bool]:
        return self._search.ids(by_ids(ids))

    def read(self, ticket_ids: Sequence[str]) -> Iterator[Issue]:
        """See ``Remote``."""
        found: set[str] = set()
        for raw in self._find(ticket_ids):
            found.add(text(raw, "id"))
            yield self._issue(raw)
        for raw in self._unknown_to_search(ticket_ids, found, self._fields):
            yield self._issue(raw)

    def changed(self, ticket_ids: Sequence[str], since: datetime) -> Iterator[Issue]:
        """See ``Remote``. The change logs come along: they are to be had in a search only."""
        when = changed_since(since + self._here.skew, self._here.zone)
        for some in batches(ticket_ids, MOST_IDS):
            for raw in self._logged(f"{by_ids(some)} AND {when}", self._fields):
                yield replace(self._issue(raw), story=self._story(raw))

    def _logged(self, jql: str, fields: Sequence[str]) -> Iterator[Json]:
        return self._positions.find(jql, fields=fields, histories=True)

    def _story(self, raw: Json) -> Story:
        return read_story(objects(inside(raw, "changelog"), "histories"), self._directory.known)

    def stories(self, ticket_ids: Sequence[str]) -> dict[str, Story]:
        """See ``Remote``."""
        return {
            text(raw, "id"): self._story(raw)
            for some in batches(ticket_ids, MOST_IDS)
            for raw in self._logged(by_ids(some), ["updated"])
        }


def _makers(raw: Json) -> set[str]:
    """Who made a ticket, as far as it says."""
    named = {account_of(inside(raw, "fields", name)) for name in ("creator", "reporter")}
    return named - {""}


def _by_length(id: str) -> tuple[int, str]:
    """The order of whole numbers."""
    return len(id), id
