"""Jira Cloud: reads many tickets at once without the search's lag, pages by token."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from integrations.jira.discovery import values
from integrations.jira.gateway import WITH_LABEL, Gateway
from integrations.jira.queries import by_ids, changed_since
from integrations.jira.remote import Issue, NotVisibleError, RefusedError, Story
from integrations.jira.searching import MOST_IDS, TokenSearch, issues_of
from integrations.jira.shapes import Json, objects, text
from integrations.jira.stories import read_story
from integrations.jira.tickets import MARK, by_label, number_of
from integrations.jira.wire import Wire
from models.batches import batches
from models.tracking.connections import Flavour
from models.tracking.outbox import Found

AT_ONCE = 100
"""How many tickets one request reads."""
LOGS_PAGE = 10_000


class Cloud(Gateway):
    """A Cloud site."""

    flavour = Flavour.CLOUD
    account_member = "accountId"

    def __init__(self, wire: Wire, *, site: str, api: str) -> None:
        super().__init__(wire, TokenSearch(wire, api), site=site, api=api)
        self._bulk_logs = True

    def _fetch(self, names: Sequence[str], fields: Sequence[str], **more: object) -> list[Json]:
        """Tickets by id or key, as they are now; those not visible are left out."""
        body = {"issueIdsOrKeys": list(names), "fields": list(fields), **more}
        return issues_of(self._wire.query("api/3/issue/bulkfetch", body))

    def above(
        self, project: str, number: int, wanted: Mapping[str, str], *, quick: bool = False
    ) -> dict[str, tuple[Found, ...]]:
        """See ``Remote``. Ends with a hundred keys of which none is there, or with fifty."""
        read: list[Json] = []
        while True:
            keys = [f"{project}-{n}" for n in range(number + 1, number + 1 + AT_ONCE)]
            raws = self._fetch(keys, WITH_LABEL, properties=[MARK])
            read += raws
            newest = max((number_of(text(raw, "key")) for raw in raws), default=0)
            if not raws or (quick and newest <= number + AT_ONCE // 2):
                break
            number += AT_ONCE
        found = by_label(read, wanted)
        if not found:
            self._require_signed_in()
        return found

    def _late(self, ids: Sequence[str]) -> set[str]:
        """What a search does not find may only be new: it is fetched."""
        found: set[str] = set()
        for some in batches(ids, AT_ONCE):
            found |= {text(raw, "id") for raw in self._fetch(some, ["updated"])}
        return found

    def _listed(self, ids: Sequence[str]) -> tuple[set[str], bool]:
        """See ``Gateway``. The search refuses a list with a ticket in it that is gone; then all
        that carry our label are asked for, or a short list is fetched."""
        try:
            return self._search.ids(by_ids(ids))
        except RefusedError:
            if len(ids) <= AT_ONCE:
                return self._late(ids), True
            found, whole = self._search.ids(f"labels = {MARK}")
            return found & set(ids), whole

    def read(self, ticket_ids: Sequence[str]) -> Iterator[Issue]:
        """See ``Remote``."""
        for some in batches(ticket_ids, AT_ONCE):
            for raw in self._fetch(some, self._fields):
                yield self._issue(raw)

    def changed(self, ticket_ids: Sequence[str], since: datetime) -> Iterator[Issue]:
        """See ``Remote``. Where one of the tickets is gone, all are read."""
        when = changed_since(since + self._here.skew, self._here.zone)
        for some in batches(ticket_ids, MOST_IDS):
            try:
                raws = list(self._search.find(f"{by_ids(some)} AND {when}", fields=self._fields))
            except RefusedError:
                yield from self.read(some)
            else:
                yield from map(self._issue, raws)

    def stories(self, ticket_ids: Sequence[str]) -> dict[str, Story]:
        """See ``Remote``."""
        known = self._directory.known
        logs: dict[str, list[Json]] = {}
        for some in batches(ticket_ids, MOST_IDS):
            logs |= self._logs(some)
        return {id: read_story(logs.get(id, []), known) for id in ticket_ids}

    def _logs(self, ids: Sequence[str]) -> dict[str, list[Json]]:
        if self._bulk_logs:
            try:
                return self._logs_at_once(ids)
            except (NotVisibleError, RefusedError):  # the site does not have it
                self._bulk_logs = False
        found = {}
        for id in ids:
            try:
                found[id] = list(values(self._wire, f"api/3/issue/{id}/changelog", "values"))
            except NotVisibleError:
                continue
        return found

    def _logs_at_once(self, ids: Sequence[str]) -> dict[str, list[Json]]:
        held = self._directory.sprint_field
        fields = ["status", "resolution", *([held] if held else [])]
        body: Json = {"issueIdsOrKeys": list(ids), "fieldIds": fields, "maxResults": LOGS_PAGE}
        logs: dict[str, list[Json]] = {}
        while True:
            answer = self._wire.query("api/3/changelog/bulkfetch", body)
            for one in objects(answer, "issueChangeLogs"):
                logs.setdefault(text(one, "issueId"), []).extend(objects(one, "changeHistories"))
            token = text(answer, "nextPageToken")
            if not token or token == body.get("nextPageToken"):
                return logs
            body["nextPageToken"] = token
