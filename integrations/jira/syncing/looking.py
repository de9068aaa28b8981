"""Looking for tickets that may be there already, before any is made."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from integrations.jira.remote import JiraError
from integrations.jira.syncing.asking import LaterError, Site
from integrations.jira.tickets import label_of, number_of
from models.batches import batches
from models.queries import tracking as queries
from models.tracking import outbox
from models.tracking.outbox import Entry, Found, OutboxState, wait_after

AT_ONCE = 50
"""Labels in one search: a query stays short enough for an address."""

NEWEST = 50
"""How far below the highest key that the search knows it may not know all: so many keys are read
at most, however many came since the library's own."""


def find_queued(site: Site, entries: Sequence[Entry]) -> None:
    """Searches once for the labels of what is queued: a library that was restored from a backup
    does not know which tickets it made since."""
    new = [entry for entry in entries if entry.action_id not in site.searched]
    for some in batches(new, AT_ONCE):
        found = _labelled(site, some)
        for entry in some:
            site.searched.add(entry.action_id)
            tickets = found.get(label_of(entry.action_id), ())
            if tickets:
                _keep(site, entry, tickets)


def _keep(site: Site, entry: Entry, tickets: Sequence[Found]) -> None:
    """Takes what is queued to its ticket, and to the connection that it was found through."""
    here = replace(entry, connection=site.connection.id)
    found = site.journal(outbox.looked(here, tickets, site.now))
    ref = queries.items(site.library, [entry.action_id])[entry.action_id].ref
    site.note(f"{ref} has its ticket already: {found.ticket_key}. No other was made.")
    _tell(site, found)


def find_newest(site: Site, titles: Mapping[str, str], highest: int) -> None:
    """Looks through the project's newest keys for what is about to be sent: the search trails, so
    it does not know what a library made right before it was restored from a backup.

    What was made since is above every key that the library knows of the project. ``titles`` are
    those of the tickets to be, by their action items' ids; ``highest`` is the number of the highest
    key that the search knows.
    """
    new = {id: title for id, title in titles.items() if id not in site.looked_past}
    if not new:
        return
    number = min(highest, max(_highest_here(site), highest - NEWEST))
    wanted = {label_of(id): title for id, title in new.items()}
    quickly = partial(site.remote.above, quick=True)
    found = site.ask(quickly, site.connection.project, number, wanted)
    site.looked_past.update(new)
    for id in new:
        entry = queries.entry(site.library, id)
        tickets = found.get(label_of(id), ())
        if tickets and entry is not None and entry.state is OutboxState.QUEUED:
            _keep(site, entry, tickets)


def _highest_here(site: Site) -> int:
    """The highest number among the keys of the project that the library knows, 0 where none is."""
    project = site.connection.project
    keys = queries.keys(site.library, site.connection.id)
    return max((number_of(key) for key in keys if key.startswith(f"{project}-")), default=0)


def look(site: Site, entries: Sequence[Entry]) -> None:
    """Looks for what may have been made: by label, and through the keys since.

    A look that fails says nothing; it is made again.
    """
    for some in batches(entries, AT_ONCE):
        looking = [site.journal(outbox.looking(entry)) for entry in some]
        try:
            found = _labelled(site, looking)
        except (JiraError, LaterError) as error:
            for entry in looking:
                _put_off(site, entry, error)
            raise
        for place, entry in enumerate(looking):
            try:
                _look_through(site, entry, found.get(label_of(entry.action_id), ()))
            except LaterError as error:
                for left in looking[place:]:
                    _put_off(site, left, error)
                raise
            except JiraError as error:
                _put_off(site, entry, error)
                site.require_well(error)


def _labelled(site: Site, entries: Sequence[Entry]) -> dict[str, tuple[Found, ...]]:
    return site.ask(site.remote.labelled, [label_of(entry.action_id) for entry in entries])


def _look_through(site: Site, entry: Entry, labelled: tuple[Found, ...]) -> None:
    label = label_of(entry.action_id)
    wanted = {label: entry.sent.get("title", "")}
    above = site.ask(site.remote.above, site.connection.project, entry.high_water, wanted)
    found = (*labelled, *above.get(label, ()))
    looked = site.journal(outbox.looked(entry, found, site.now))
    site.searched.add(entry.action_id)
    site.looked_past.add(entry.action_id)
    if looked.ticket_key:
        site.tell_created(looked)
    _tell(site, looked)


def _put_off(site: Site, entry: Entry, error: Exception) -> None:
    until = error.until if isinstance(error, LaterError) else site.now + wait_after(entry.attempts)
    site.journal(outbox.look_failed(entry, str(error), until))


def _tell(site: Site, entry: Entry) -> None:
    if entry.extra:
        site.note(
            f"{entry.ticket_key} is the ticket that is kept; there is more than one with its "
            f"label: {', '.join(entry.extra)}."
        )
