"""A whole sync: every project in turn, stage by stage; none holds up another."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event

from integrations.jira.patience import asked_to_wait, left_alone_until
from integrations.jira.remote import (
    CancelledError,
    JiraError,
    NotAllowedError,
    Remote,
    UnreachableError,
)
from integrations.jira.syncing.asking import LaterError, Run, Site
from integrations.jira.syncing.creating import block
from integrations.jira.syncing.creating import push as push_new
from integrations.jira.syncing.exchanging import push_changes
from integrations.jira.syncing.lease import at_home, held
from integrations.jira.syncing.observing import pull as pull_changes
from integrations.jira.syncing.report import Agree, Progress, Report, Trouble, Wait
from integrations.jira.syncing.telling import told
from models.commands import tracking as commands
from models.errors import KnownError
from models.queries import tracking as queries
from models.store.library import Actor, Library
from models.tracking import outbox
from models.tracking.connections import Connection

OpenRemote = Callable[[Connection], Remote]
Stage = Callable[[Site], None]

MOST_WAITS = 20
"""How often one sync waits; a site that always asks for more is left to the next one."""
WHEN_UNREACHABLE = timedelta(minutes=5)


def sync(  # noqa: PLR0913 - who starts it decides each of these
    library: Library,
    actor: Actor,
    open_remote: OpenRemote,
    *,
    push: bool = True,
    pull: bool = True,
    agree: Agree,
    wait: Wait,
    progress: Progress,
    cancelled: Event,
) -> Report:
    """Brings the library's action items and their tickets to the same state.

    What fails is told in the report and never keeps the rest from going on; whatever cuts the sync
    off, the next one goes on from the journal. ``open_remote`` may raise a ``KnownError`` for a
    project that nobody can be signed in to.

    Raises:
        SyncRunningError: another process syncs the library.
        LibraryError: the library cannot be written.
    """
    library.require_writable()
    with held(library):
        run = Run(library, actor, agree, wait, progress, cancelled)
        if not at_home(library, agree):
            run.tally.note("Nothing was synced: this is a copy of the library that syncs.")
            return told(run, [])
        for entry in queries.outbox(library, outbox.ON_THE_WAY):
            commands.journal(library, outbox.restarted(entry), actor)
        stages: dict[str, Stage] = {"push": push_new} if push else {}
        stages |= {"pull": pull_changes} if pull else {}
        stages |= {"changes": push_changes} if push else {}
        sites: list[Site] = []
        try:
            sites += _opened(run, open_remote)
            _all(run, sites, stages)
        except CancelledError:
            run.tally.cancelled = True
        finally:
            for site in sites:
                site.remote.close()
        return told(run, sites)


def _opened(run: Run, open_remote: OpenRemote) -> list[Site]:
    sites = []
    for connection in queries.connections(run.library):
        if connection.paused:
            run.tally.note(f"{connection.project} is paused; nothing of it was synced.")
            continue
        try:
            sites.append(Site(run, connection, open_remote(connection)))
        except KnownError as error:
            _trouble(run, connection, error)
    return sites


def _trouble(
    run: Run, connection: Connection, error: KnownError, *, not_let_in: bool = False
) -> None:
    trouble = Trouble(connection.id, connection.project, error.sentence(), not_let_in)
    run.tally.troubles.setdefault(connection.id, trouble)


def _all(run: Run, sites: list[Site], stages: dict[str, Stage]) -> None:
    """One round after the other, as long as there is something to wait for and somebody waits."""
    for _ in range(MOST_WAITS):
        for site in sites:
            if not site.over and not _is_left_alone(site):
                _round(site, stages)
        until, for_site = _next_step(run, sites, pushing="push" in stages)
        if until is None or not run.wait_until(until, for_site=for_site):
            return


def _is_left_alone(site: Site) -> bool:
    """Whether it waits, or its site asked for time: in this sync or in an earlier one, through
    this project or another."""
    address = site.connection.site
    asked = left_alone_until(site.library, address)
    if asked is not None and (site.later is None or site.later < asked):
        site.later = asked
        site.note(asked_to_wait(address, asked))
    return site.later is not None and site.now < site.later


def _round(site: Site, stages: dict[str, Stage]) -> None:
    """Each stage once. One that is cut short is begun again when the site may be asked again."""
    site.later = None
    try:
        if not _let_in(site, pushing="push" in stages):
            return
        for name, stage in stages.items():
            # What is sent may have to be looked for again; the others are done once.
            if (name in site.done and name != "push") or site.over:
                continue
            _stage(site, stage)
            site.done.add(name)
    except LaterError as error:
        site.later = error.until
        site.note(f"{site.connection.project}: {error}")


def _let_in(site: Site, *, pushing: bool) -> bool:
    """Whether the site can be reached and knows us."""
    try:
        site.ask(site.remote.facts)
    except JiraError as error:
        site.over = True
        not_let_in = isinstance(error, NotAllowedError)
        _trouble(site.run, site.connection, error, not_let_in=not_let_in)
        if isinstance(error, UnreachableError):
            site.later = site.now + WHEN_UNREACHABLE
        elif pushing:
            block(site, error)
    return not site.over


def _stage(site: Site, stage: Stage) -> None:
    """One stage; where it fails, the next one may still do its part."""
    try:
        stage(site)
    except JiraError as error:
        _trouble(site.run, site.connection, error)
        if stage is push_new and not isinstance(error, UnreachableError):
            block(site, error)
        try:
            site.require_well(error)
        except JiraError:
            site.over = True
            site.later = site.now + WHEN_UNREACHABLE


def _next_step(run: Run, sites: list[Site], *, pushing: bool) -> tuple[datetime | None, bool]:
    """When the first of the projects that are still at work has something to do again, and
    whether it is its site that asked for the time."""
    open_sites = {site.connection.id: site for site in sites if not site.over}
    times = [site.later for site in open_sites.values() if site.later is not None]
    of_sites = min(times, default=None)
    if pushing:
        now = run.library.now()
        times += [
            entry.not_before
            for entry in queries.outbox(run.library, outbox.UNFINISHED)
            if entry.connection in open_sites
            and entry.state not in outbox.SETTLED
            and entry.not_before is not None
            and entry.not_before > now
        ]
    first = min(times, default=None)
    return first, first is not None and first == of_sites
