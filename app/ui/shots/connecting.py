"""The assistant for Jira with what a site might have answered; nothing is asked for it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.ui.settings.jira.asking import TokenPlace
from app.ui.settings.jira.assistant import Assistant
from app.ui.settings.jira.overview import Connected
from app.ui.settings.jira.section import JiraSettings
from app.ui.shots.studio import Studio
from integrations.jira import offers
from integrations.jira.discovery import NEEDED
from integrations.jira.offers import Offer
from integrations.jira.remote import Board, NotAllowedError, SiteFacts
from models.tracking.connections import Connection, Flavour
from models.tracking.screens import Choice, CreateField
from models.tracking.sprints import Sprint, SprintState

TEAM = CreateField(
    "customfield_10500",
    "Team",
    required=True,
    kind="option",
    choices=(Choice("1", "Payments core"), Choice("2", "Checkout")),
)
OFFER = Offer(
    SiteFacts(
        flavour=Flavour.CLOUD,
        title="Example",
        account="712020:bot",
        account_name="Incident bot",
        zone="UTC",
        skew=timedelta(seconds=1),
        took=timedelta(milliseconds=212),
    ),
    projects=(Choice("PAY", "Payments"), Choice("SRCH", "Search")),
    priorities=tuple(Choice(n, n) for n in ("Highest", "High", "Medium", "Low", "Lowest")),
    types=(Choice("10001", "Task"), Choice("10004", "Bug")),
    fields=(
        CreateField("summary", "Summary", required=True, kind="string"),
        CreateField("assignee", "Assignee", required=False, kind="user"),
        CreateField("duedate", "Due date", required=False, kind="date"),
        CreateField("priority", "Priority", required=False, kind="priority"),
        CreateField("labels", "Labels", required=False, kind="array"),
        TEAM,
    ),
    statuses=tuple(Choice(n, n) for n in ("To Do", "In Progress", "Done")),
    boards=(Board(7, "Payments board", "scrum"),),
    sprints=(
        Sprint(43, "Sprint 43", SprintState.ACTIVE, 7, datetime(2026, 11, 16, tzinfo=UTC)),
        Sprint(44, "Sprint 44", SprintState.FUTURE, 7),
    ),
    permissions=frozenset(NEEDED),
    history=True,
)
KNOWN = TokenPlace(known=True, words="Kept in the system keychain", lasting=True)
NOWHERE = TokenPlace(known=False, words="No keychain here: asked each time", lasting=False)


def _assistant(studio: Studio) -> Assistant:
    studio.screens.connect_jira()
    studio.desktop.window.toast.hide()
    studio.settle()
    assistant = studio.screens.settings.section(JiraSettings).assistant
    assistant.begin()
    return assistant


def _draft() -> Connection:
    draft = offers.begin("https://acme.example.net", Flavour.CLOUD)
    return replace(draft, email="incident-bot@acme.example", project="PAY")


def empty(studio: Studio) -> None:
    """Before anything is typed."""
    _assistant(studio)


def tested(studio: Studio) -> None:
    """A site that was tested, with a field that wants a value."""
    assistant = _assistant(studio)
    assistant.show_draft(_draft(), KNOWN)
    assistant.take_offer(OFFER, "09:54 UTC")


def refused(studio: Studio) -> None:
    """A token that the site does not take, on a machine without a keychain."""
    assistant = _assistant(studio)
    assistant.show_draft(_draft(), NOWHERE)
    host, advice = "acme.example.net", "Check the token, or make a new one at the site."
    assistant.refuse(NotAllowedError(f"{host} does not accept the token.", advice=advice))


def connected(studio: Studio) -> None:
    """Two projects, one of them paused."""
    _assistant(studio)
    pay = replace(_draft(), issue_type="Task", board=7, services=("payments-api", "checkout"))
    search = replace(_draft(), id="2", project="SRCH", issue_type="Bug", paused=True)
    studio.screens.settings.section(JiraSettings).show_connected(
        (
            Connected(pay, 12, "last synced 2026-11-20 08:50 UTC"),
            Connected(search, 3, "not synced yet"),
        )
    )


def unconnected(studio: Studio) -> None:
    """What is really connected: nothing."""
    section = studio.screens.settings.section(JiraSettings)
    section.assistant.begin()
    section.refresh()
    studio.settle()
