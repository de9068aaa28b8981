"""The language check of a whole post-mortem."""

from collections.abc import Generator
from dataclasses import replace
from datetime import UTC, date, datetime

from models import sample
from models.document import Document
from models.domain.action import ActionItem, ActionState
from models.domain.incident import Event, Incident, ResponseRecord, StatusUpdate, StepRecord
from models.domain.moments import Precision
from models.domain.post_mortem import Lessons, PostMortem, Section
from models.domain.whys import Stop, StopReason, WhyNode, WhyTree
from models.language import rules
from models.language.documents import (
    Placed,
    check_action,
    check_document,
    checking,
    text_at,
    with_suggestion,
)
from models.language.remembering import Checker
from models.language.texts import Place, action_texts, texts_of

RULES = rules.load()
AT = datetime(2026, 11, 19, 13, 40, tzinfo=UTC)
OPEN = ActionItem("a1", "Better monitoring")


WHOLE = Document(
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


def test_every_text_has_its_place() -> None:
    placed = check_document(WHOLE, RULES)
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


def test_each_text_is_written_where_it_is_read() -> None:
    one = WHOLE.post_mortem.incidents[0]
    records = tuple(ResponseRecord(name, (StepRecord("same"),)) for name in ("first", "second"))
    twice = (replace(one, response=records), replace(one, id="j", timeline=(), response=records))
    twice = (twice[0], replace(twice[1], updates=()))
    document = replace(
        WHOLE,
        post_mortem=replace(WHOLE.post_mortem, incidents=twice),
        actions=(OPEN, replace(OPEN, id="a2")),
    )
    every = [*texts_of(document), *(t for a in document.actions for t in action_texts(a))]
    assert len({text.place for text in every}) == len(every)
    for number, text in enumerate(every):
        now = text_at(document, text.place)
        assert now is not None
        document = now.write(document, f"Text {number}")
    for number, text in enumerate(every):
        found = text_at(document, text.place)
        assert found is not None
        assert found.text == f"Text {number}"


def test_a_suggestion_takes_the_place_of_its_sentence_and_of_nothing_else() -> None:
    placed = next(p for p in check_document(WHOLE, RULES) if p.place.section == "timeline")
    assert placed.sentence == "We should have waited."
    after = with_suggestion(WHOLE, placed)
    text = text_at(after, placed.place)
    assert text is not None
    assert text.text.startswith("At 13:40 we saw {signal}")
    assert [t.text for t in texts_of(after) if t.place != placed.place] == [
        t.text for t in texts_of(WHOLE) if t.place != placed.place
    ]
    assert with_suggestion(after, placed) is after  # other words stand there by now


def test_a_rewrite_of_an_action_keeps_its_words() -> None:
    document = replace(WHOLE, actions=(OPEN,))
    for placed in check_action(OPEN, RULES):
        after = with_suggestion(document, placed)
        assert (after is document) == (placed.place.field in ("team", "due"))
        assert OPEN.title in after.actions[0].title


def _through(steps: Generator[None, None, tuple[Placed, ...]]) -> tuple[int, tuple[Placed, ...]]:
    """How many steps there were, and what they found."""
    number = 0
    while True:
        try:
            next(steps)
            number += 1
        except StopIteration as end:
            return number, end.value


def test_a_document_is_checked_in_steps_and_again_from_memory() -> None:
    checker = Checker(RULES)
    number, found = _through(checking(WHOLE, checker))
    assert number >= len([text for text in texts_of(WHOLE) if text.text])
    assert found == check_document(WHOLE, RULES)
    changed = replace(WHOLE, post_mortem=replace(WHOLE.post_mortem, summary="New.\n\nWe forgot."))
    _, again = _through(checking(changed, checker))
    assert again == check_document(changed, RULES)
    assert again[0].finding.start == 6


def test_the_samples_blame_nobody() -> None:
    found = [placed for each in sample.documents() for placed in check_document(each, RULES)]
    assert {placed.finding.rule for placed in found} <= {"action-date"}
