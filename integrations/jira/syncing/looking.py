"""Looking for tickets that may be there already, before any is made."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from integrations.jira.remote import JiraError
from integrations.jira.syncing.asking import LaterError, Site
from integrations.jira.syncing.drafting import label_of
from models.tracking import outbox
from models.tracking.outbox import Entry, Found, wait_after

AT_ONCE = 50
"""Labels in one search: a query stays short enough for an address."""

T = TypeVar("T")


def batches(items: Sequence[T], size: int = AT_ONCE) -> Iterator[Sequence[T]]:
    """Parts of a sequence."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def find_queued(site: Site, entries: Sequence[Entry]) -> None:
    """Searches once for the labels of what is queued: a library that was restored from a backup
    does not know which tickets it made since."""
    new = [entry for entry in entries if entry.action_id not in site.searched]
    for some in batches(new):
        found = _labelled(site, some)
        for entry in some:
            site.searched.add(entry.action_id)
            tickets = found.get(label_of(entry.action_id), ())
            if tickets:
                _keep(site, entry, tickets)


def _keep(site: Site, entry: Entry, tickets: Sequence[Found]) -> None:
    """Takes what is queued to its ticket, and to the connection that it was found through."""
    here = replace(entry, connection=site.connection.id)
    _tell(site, site.journal(outbox.looked(here, tickets, site.now)))


def find_homeless(site: Site, entries: Sequence[Entry]) -> None:
    """Gives entries that have a ticket and no connection the one that the ticket is found
    through: an earlier version did not note it."""
    new = [entry for entry in entries if entry.action_id not in site.searched]
    for some in batches(new):
        found = _labelled(site, some)
        for entry in some:
            site.searched.add(entry.action_id)
            if label_of(entry.action_id) in found:
                site.journal(replace(entry, connection=site.connection.id))


def look(site: Site, entries: Sequence[Entry]) -> None:
    """Looks for what may have been made: by label, and through the keys since.

    A look that fails says nothing; it is made again.
    """
    for some in batches(entries):
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
    above = site.ask(
        site.remote.above, site.connection.project, entry.high_water, label_of(entry.action_id)
    )
    looked = site.journal(outbox.looked(entry, (*labelled, *above), site.now))
    site.searched.add(entry.action_id)
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
