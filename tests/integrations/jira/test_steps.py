"""What the steps of a workflow ask for, and what is known here of it."""

from models.commands import answers
from tests.integrations.jira.desk import Desk
from tests.jira_fake import Kind, faults
from tests.jira_fake.examples import DONE
from tests.jira_fake.records import Transition
from tests.models.examples import ANN

CAUSE = "customfield_10060"


def test_what_only_a_rule_of_a_step_asks_for_can_be_given_too(desk: Desk) -> None:
    """The screen does not mark it as required; the site says so when the step is taken."""
    site = desk.jira.site
    site.add_field(CAUSE, "Root cause", Kind.OPTION, ["Code", "Setup"], everywhere=False)
    site.project("REL").workflow[-1] = Transition("31", "Close", DONE, None, (CAUSE,), (), "10000")
    item = desk.add()
    desk.sync()
    desk.set(item, state="done")
    fault = faults.refusal(400, errors={CAUSE: "Name the cause before you close this."})
    desk.jira.faults.plan("POST /issue/*/transitions", fault)
    (told,) = desk.sync().attention
    assert (told.fields, told.wants) == (("Root cause",), ("Root cause",))
    assert "Root cause: Name the cause" in told.reason
    (wanted,) = desk.ticket(item).wants
    assert [choice.name for choice in wanted.choices] == ["Code", "Setup"]
    answers.answer(desk.library, item.id, {"Root cause": "Setup"}, ANN)
    assert [one.fields for one in desk.sync().updated] == [("state",)]
    assert site.fields[CAUSE].options[desk.issue(item).values[CAUSE]] == "Setup"
    assert desk.ticket(item).wants == ()
