"""Ready sites: one project, one scrum board, two users, a workflow to done and back."""

from tests.jira_fake.clock import Clock
from tests.jira_fake.records import Field, Flavour, IssueType, Kind, Status, Transition
from tests.jira_fake.site import Site

TOKEN = "example-token"  # noqa: S105 - opens nothing but the fake
BOT, COLLEAGUE = "reliability-bot", "platform-owner"
SPRINT_FIELD = "customfield_10020"

TO_DO, IN_PROGRESS, DONE = "10000", "3", "10002"
WORKFLOW = (
    Transition("1", "Create", TO_DO, ()),
    Transition("11", "To Do", TO_DO),
    Transition("21", "In Progress", IN_PROGRESS),
    Transition("31", "Done", DONE, None, ("resolution",), (), "10000"),
)


def site(flavour: Flavour, clock: Clock | None = None) -> Site:
    """A site of a flavour with the project REL and its scrum board 1."""
    made = Site(flavour, clock or Clock(), sprint_objects=flavour is Flavour.CLOUD)
    made.statuses = {
        status.id: status
        for status in (
            Status(TO_DO, "To Do", "new"),
            Status(IN_PROGRESS, "In Progress", "indeterminate"),
            Status(DONE, "Done", "done"),
        )
    }
    made.resolutions = {"10000": "Done", "10001": "Won't Do", "10002": "Duplicate"}
    made.priorities = {"3": "Medium", "1": "Highest", "2": "High", "4": "Low", "5": "Lowest"}
    made.types = {id: IssueType(id, name) for id, name in (("10001", "Task"), ("10004", "Bug"))}
    for field in (
        Field("summary", "Summary", Kind.TEXT),
        Field("description", "Description", Kind.DOCUMENT),
        Field("labels", "Labels", Kind.LABELS),
        Field("priority", "Priority", Kind.PRIORITY),
        Field("assignee", "Assignee", Kind.USER),
        Field("reporter", "Reporter", Kind.USER),
        Field("duedate", "Due date", Kind.DATE),
        Field("resolution", "Resolution", Kind.RESOLUTION),
        Field(SPRINT_FIELD, "Sprint", Kind.SPRINT),
    ):
        made.fields[field.id] = field
    made.add_user(BOT, "Reliability bot", token=TOKEN)
    made.add_user(COLLEAGUE, "Platform owner", token="other-token")  # noqa: S106 - as above
    made.add_project("REL", "Reliability", WORKFLOW)
    made.add_board("REL")
    return made
