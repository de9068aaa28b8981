"""From the outbox to tickets: each step journalled before the request that it allows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from integrations.jira.remote import (
    BusyError,
    JiraError,
    NotAllowedError,
    NotVisibleError,
    OutcomeUnknownError,
    RefusedError,
    UnreachableError,
)
from integrations.jira.syncing.asking import Site
from integrations.jira.syncing.drafting import Drafted, drafted
from integrations.jira.syncing.finishing import finish
from integrations.jira.syncing.looking import find_newest, find_queued, look
from integrations.jira.syncing.report import Asked, Question
from integrations.jira.tickets import FIELD_IDS, number_of
from models.queries import tracking as queries
from models.tracking import outbox
from models.tracking.outbox import Entry, OutboxState, wait_after
from models.tracking.screens import CreateField

OPTIONAL = ("priority", "due", "owner")
"""Fields that a ticket can do without: ours is kept here and sent later."""


def push(site: Site) -> None:
    """Brings what is in the outbox of a project as far as it goes now: everything is looked for
    before anything is made."""
    while True:
        look(site, [e for e in entries_of(site, OutboxState.UNKNOWN) if e.is_due(site.now)])
        find_queued(site, _queued(site))
        left = [e for e in entries_of(site, OutboxState.QUEUED) if e.is_due(site.now)]
        whole = _create_all(site, left)
        finish(site, entries_of(site, OutboxState.CREATED, OutboxState.LINKED))
        if whole:
            return


def entries_of(site: Site, *states: OutboxState) -> list[Entry]:
    """The entries of a project in some states, in the order of the queue.

    What was not sent yet goes where its team or service says now.
    """
    entries = queries.outbox(site.library, states)
    waiting = [entry for entry in entries if entry.is_harmless]
    taken = site.run.routes(waiting)
    own = site.connection.id
    return [e for e in entries if (taken.get(e.action_id, e.connection)) == own]


def _queued(site: Site) -> list[Entry]:
    """What waits to be made, with what was blocked or refused as soon as that may be mended."""
    found = entries_of(site, OutboxState.QUEUED)
    for entry in entries_of(site, *outbox.NEEDS_ATTENTION):
        if entry.state is OutboxState.BLOCKED or _differs(site, entry):
            found.append(site.journal(outbox.mended(entry)))
    return [entry for entry in found if entry.is_due(site.now)]


def _differs(site: Site, entry: Entry) -> bool:
    made = _drafted(site, [entry]).get(entry.action_id)
    return made is not None and made.digest != entry.payload_hash


def _drafted(site: Site, entries: Sequence[Entry]) -> dict[str, Drafted]:
    """The tickets of action items as they are now; those that ended or are gone need none."""
    ids = [entry.action_id for entry in entries]
    items, briefs = queries.items(site.library, ids), queries.briefs(site.library, ids)
    return {
        entry.action_id: drafted(site.connection, entry, item, briefs[item.id])
        for entry in entries
        if (item := items[entry.action_id]).is_open and item.id in briefs
    }


def _create_all(site: Site, entries: Sequence[Entry]) -> bool:
    """Makes one after the other; False where one has to be looked for before the next is made."""
    wanted = _drafted(site, entries)
    if not wanted or not _agreed(site, wanted):
        return True
    highest = site.ask(site.remote.highest_number, site.connection.project)
    find_newest(site, {id: made.draft.title for id, made in wanted.items()}, highest)
    screen = _screen(site)
    for place, id in enumerate(wanted):
        site.run.go_on()
        site.run.progress(f"Making tickets in {site.connection.project}", place, len(wanted))
        entry = queries.entry(site.library, id)
        if entry is None or entry.state is not OutboxState.QUEUED:
            continue  # somebody took it back meanwhile, or it was found
        made = _drafted(site, [entry]).get(id)
        if made is None:
            continue
        after = _create(site, entry, made.without(_unwanted(made, screen)), highest, screen)
        highest = max(highest, number_of(after.ticket_key))
        if after.state is OutboxState.UNKNOWN:
            return False
    return True


def _agreed(site: Site, wanted: Mapping[str, Drafted]) -> bool:
    """Whether somebody agreed that this project gets tickets at all."""
    if site.connection.agreed or site.declined:
        return site.connection.agreed
    titles = tuple(made.draft.title for made in wanted.values())
    count = "1 ticket" if len(titles) == 1 else f"{len(titles)} tickets"
    text = f"Make {count} in {site.connection.project} at {site.connection.site}?"
    question = Question(Asked.FIRST_PUSH, text, titles, site.connection.id, tuple(wanted))
    if not site.run.agree(question):
        site.declined = True
        site.note(
            f"The first tickets of {site.connection.project} wait for somebody's word: {count}."
        )
        return False
    site.change_connection(lambda known: replace(known, agreed=True))
    return True


def _screen(site: Site) -> dict[str, CreateField]:
    """The fields of the create screen; empty where the site does not tell."""
    connection = site.connection
    try:
        fields = site.ask(site.remote.create_fields, connection.project, connection.issue_type)
    except (RefusedError, NotVisibleError):
        return {}
    return {field.id: field for field in fields}


def _unwanted(made: Drafted, screen: dict[str, CreateField]) -> list[str]:
    """Fields that would only get the ticket refused."""
    names = [ours for ours in OPTIONAL if screen and FIELD_IDS[ours] not in screen]
    choices = screen["priority"].choices if "priority" in screen else ()
    if choices and made.draft.priority not in {choice.name for choice in choices}:
        names.append("priority")
    return names


def _create(
    site: Site, entry: Entry, made: Drafted, highest: int, screen: Mapping[str, CreateField]
) -> Entry:
    sending = site.journal(
        outbox.sending(
            entry,
            connection=site.connection.id,
            payload_hash=made.digest,
            sent=made.sent,
            high_water=highest,
            now=site.now,
        )
    )
    try:
        found = site.remote.create(made.draft)
    except BusyError as busy:
        later = site.put_off(busy, sending.attempts)
        site.journal(outbox.not_sent(sending, str(busy), later.until))
        raise later from busy
    except UnreachableError as error:
        until = site.now + wait_after(sending.attempts)
        left = site.journal(outbox.not_sent(sending, error.sentence(), until))
        site.require_well(error)
        return left
    except (NotAllowedError, NotVisibleError) as error:
        site.journal(outbox.blocked(sending, error.sentence()))
        raise
    except RefusedError as error:
        names = [error.labels.get(id, id) for id in error.fields]
        wants = [screen[id] for id in error.fields if id in screen]
        stood = {"project": made.draft.project, "issuetype": made.draft.issue_type}
        return site.journal(outbox.rejected(sending, error.by_field(stood), names, wants))
    except OutcomeUnknownError as error:
        return site.journal(outbox.answer_lost(sending, str(error)))
    after = site.journal(outbox.created(sending, found))
    site.tell_created(after)
    return after


def block(site: Site, error: JiraError) -> None:
    """Says of everything that waits for a project why it does."""
    for entry in entries_of(site, OutboxState.QUEUED):
        site.journal(outbox.blocked(entry, error.sentence()))
