"""The language check of a whole post-mortem."""

from dataclasses import replace
from datetime import UTC, date, datetime

from models.document import Document
from models.domain.action import ActionItem, ActionState
from models.domain.incident import Event, Incident, StatusUpdate
from models.domain.moments import Precision
from models.domain.post_mortem import Lessons, PostMortem, Section
from models.domain.whys import Stop, StopReason, WhyNode, WhyTree
from models.language import rules
from models.language.documents import Place, check_action, check_document

RULES = rules.load()
AT = datetime(2026, 11, 19, 13, 40, tzinfo=UTC)
OPEN = ActionItem("a1", "Better monitoring")


def test_every_text_has_its_place() -> None:
    document = Document(
        PostMortem(
            "p",
            "We forgot it",
            summary="We forgot one.",
            incidents=(
                Incident(
                    "i",
                    resolution="We forgot two.",
                    timeline=(Event("e", AT, text="We should have waited."),),
                    updates=(StatusUpdate("u", AT, text="We forgot three."),),
                ),
            ),
            whys=(
                WhyTree(
                    "t",
                    nodes=(
                        WhyNode(
                            "n",
                            answer="Human error.",
                            stop=Stop(StopReason.FIXABLE, "We forgot four."),
                        ),
                    ),
                ),
            ),
            lessons=Lessons(lucky="We forgot five."),
            sections=(Section("s", "Own", "We forgot six."),),
        )
    )
    placed = check_document(document, RULES)
    assert [each.place for each in placed] == [
        Place("summary", "summary"),
        Place("detection", "resolution", "i"),
        Place("timeline", "text", "e"),
        Place("updates", "text", "u"),
        Place("whys", "answer", "n"),
        Place("whys", "stop", "n"),
        Place("lessons", "lucky"),
        Place("section:s", "markdown"),
    ]
    assert placed[2].finding.suggestion.startswith("At 13:40 we saw {signal}")


def test_an_inexact_time_fills_no_blank() -> None:
    event = Event("e", AT, precision=Precision.DAY, text="We should have waited.")
    document = Document(PostMortem("p", "T", incidents=(Incident("i", timeline=(event,)),)))
    (placed,) = check_document(document, RULES)
    assert "{time}" in placed.finding.suggestion


def test_an_action_is_asked_for_what_none_of_its_fields_says() -> None:
    found = {(p.place.field, p.finding.rule) for p in check_action(OPEN, RULES)}
    assert found == {
        ("title", "action-verb"),
        ("title", "action-scope"),
        ("title", "action-end-state"),
        ("team", "action-owner"),
        ("due", "action-date"),
    }
    whole = replace(
        OPEN,
        title="Alert on the depth of the checkout queue",
        team="Checkout",
        due=date(2026, 12, 1),
        done_when="A drill with 1,000 waiting jobs pages within 5 minutes.",
    )
    assert check_action(whole, RULES) == ()


def test_only_open_actions_are_judged() -> None:
    document = Document(PostMortem("p", "T"), actions=(OPEN, replace(OPEN, state=ActionState.DONE)))
    assert len(check_document(document, RULES)) == len(check_action(OPEN, RULES))
