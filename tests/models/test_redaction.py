"""A version for people outside: what goes, what stays, and what is said about it."""

import pytest
from hypothesis import given

from models import codec
from models.document import Document
from models.domain.action import ActionItem
from models.domain.incident import Event, Evidence, Incident, RoleHolding
from models.domain.post_mortem import Comment, PostMortem, Review, Section
from models.language.rules import load
from models.redaction import EXTERNAL, SECTIONS, redact, with_sections
from models.redaction.documents import HEADING
from tests.models.examples import NOON
from tests.strategies import documents

GIVEN = load().lists["names"]


def told(text: str, **fields: object) -> str:
    document = Document(PostMortem("pm", "T", summary=text, **fields), "PM-2026-014")  # type: ignore[arg-type]
    return redact(document, GIVEN, public_hosts=("status.example",)).document.post_mortem.summary


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see [the log](https://logs.corp.example/x?q=(1)) now", "see the log now"),
        ("see https://logs.corp.example/x.", "see [link]."),
        ("[status](https://status.example/1)", "[status](https://status.example/1)"),
        ("https://status.example.evil.org/1", "[link]"),
        ("https://status.example@evil.org/1", "[link]"),
        ("[a][1]\n\n[1]: https://wiki.corp/x", "a\n\n"),
        ("![secret graph](graph.png)", "[picture: secret graph]"),
        ('<a href="https://x.corp">x</a> <img src="y.png">', "x "),
        ("git@git.corp:team/repo.git", "[link]"),
        ("on 10.1.2.3:8080 and fe80::1", "on [address] and [address]"),
        ("db-prod-03, web12 and billing.svc.local", "[machine], [machine] and [machine]"),
        ("OPS-1234, shop/api#56 and PM-2025-003", "[ticket], [ticket] and another post-mortem"),
        ("mail ops@corp.example", "mail [e-mail address removed]"),
        ("[us](mailto:ops@corp.example)", "us"),
        ("@jdoe and <@U123ABC> looked", "A colleague and a colleague looked"),
        ("Maria Restova saw it; John did, too", "A colleague saw it; a colleague did, too"),
        ("password: Zx9!kQ2#v", "password: [password removed]"),
    ],
)
def test_what_leads_inside_goes(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "UTF-8, SHA-256, CVE-2024-1234, HTTP-500, SEV-1, TLS 1.3, PM-2026-014",
        "At 14:02:05 UTC version 4.11.2 of config.yaml had 38% errors in main.py",
        "**Two** of `three` [ ] tasks; a-1, step-2, top-10",
        "The connection pool ran dry.\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "std::vector::size and @override",
    ],
)
def test_what_leads_nowhere_stays(text: str) -> None:
    assert told(text) == text


@pytest.mark.parametrize(
    "written",
    ["Thandiwe Nkosi", "Nkosi", "Thandiwe", "NKOSI", "Nkosi, Thandiwe", "thandiwe.nkosi", "tnkosi"],
)
def test_whoever_a_field_names_goes_from_every_text(written: str) -> None:
    assert told(f"Then {written} saw it.", authors=("Thandiwe Nkosi",)) == "Then an author saw it."


@pytest.mark.parametrize(
    ("author", "text", "expected"),
    [
        ("Thandiwe Nkosi", "so nkosi saw it, and Nkosi's log", "so ~ saw it, and ~'s log"),
        ("Thandiwe Nkosi", "nkosi and thandiwe did", "An author and ~ did"),
        ("thandiwe nkosi", "so thandiwe nkosi did", "so ~ did"),
        ("maria nkosi", "so Nkosi did", "so ~ did"),
        ("Maria Page", "the page that Page read", "the page that Page read"),
        ("Maria Page", "so Page and PAGE read it", "so ~ and ~ read it"),
        ("Night Watch", "one kept watch at night", "one kept watch at night"),
        ("Zbigniew Brzezicki", "so brzezicki and zbigniew did", "so ~ and ~ did"),
        ("Maria van Nkosi", "a van of Nkosi", "a van of ~"),
    ],
)
def test_a_name_in_lower_case_goes_unless_it_is_a_word(
    author: str, text: str, expected: str
) -> None:
    assert told(text, authors=(author,)) == expected.replace("~", "an author")


def test_teams_and_roles_stay() -> None:
    said = "Platform operations and Quality paged the Triage Lead."
    assert told(said, authors=("Platform operations", "Quality"), facilitator="Triage Lead") == said


def example() -> Document:
    incident = Incident(
        "i",
        roles=(RoleHolding("Incident Commander", "Thandiwe Nkosi"),),
        timeline=(
            Event("e1", NOON, text="Nkosi said no"),
            Event(
                "e2",
                NOON,
                text="Nkosi said so",
                corrects="e1",
                evidence=(
                    Evidence("link", "Graph", "https://g.corp/1"),
                    Evidence("query", "q", "select x"),
                    Evidence("event", "see", "e1"),
                ),
            ),
        ),
    )
    return Document(
        PostMortem(
            "pm",
            "Nkosi's outage",
            authors=("Thandiwe Nkosi",),
            incidents=(incident,),
            tags=("secret-tag",),
            aliases=("https://old.corp/1",),
            reviews=(Review("r", "Nkosi", text="fine"),),
            comments=(Comment("c", "summary", "remark"),),
            sections=(Section("s", "Internal notes", "inside"),),
        ),
        "PM-2026-014",
        actions=(
            ActionItem("a", "Limit retries", "A-1", owner="Thandiwe Nkosi", links=("OPS-1",)),
        ),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nkosi saw it. Nkosi, too.", "An author saw it. An author, too."),
        ("- Nkosi saw it\n- 2 of Nkosi's", "- An author saw it\n- 2 of an author's"),
        ("So\nNkosi saw it\n\n**Nkosi** left", "So\nan author saw it\n\n**An author** left"),
        (f"{'So it was. ' * 9}Nkosi left", f"{'So it was. ' * 9}An author left"),
        (f"{'x' * 60} Nkosi left", f"{'x' * 60} an author left"),
        ("PM-2025-003 is like it", "Another post-mortem is like it"),
        ("`Nkosi` and [14:02] Nkosi", "`an author` and [14:02] an author"),
    ],
)
def test_what_opens_a_sentence_is_capitalised(text: str, expected: str) -> None:
    assert told(text, authors=("Thandiwe Nkosi",)) == expected


def timeline_of(*events: Event) -> Document:
    summary = "brzezicki and magdalena stand here in lower case; Zbigniew and Magdalena, too."
    mortem = PostMortem("pm", "T", summary=summary, incidents=(Incident("i", timeline=events),))
    return Document(mortem, "PM-2026-014")


@pytest.mark.parametrize(
    ("target", "text", "expected"),
    [
        ("Zbigniew Brzezicki, Chat message", "so Zbigniew and BRZEZICKI", "so ~ and ~"),
        ("Brzezicki, Zbigniew, Chat message", "zbrzezicki: ok", "A colleague: ok"),
        ("Zbigniew Brzezicki (SRE, he/him), Chat message", "[14:02] Zbigniew Brzezicki: ok",
         "[14:02] ~: ok"),
        ("Magdalena (she/her), Chat message", "so Magdalena", "so ~"),
        ("Zbigniew Brzezicki", "so zbigniew.brzezicki", "so ~"),
        ("A. Zbigniew / Lee Brzezicki, Log", "so Zbigniew or lbrzezicki", "so ~ or ~"),
        ("Me, Chat message", "so I told me", "so I told me"),
        ("Bo Li, Chat message", "so Bo Li, bli and 數據", "so ~, ~ and 數據"),
        ("李伟, Chat message", "so 李伟", "so ~"),
        ("Chat message", "so Chat went on", "so Chat went on"),
        ("on-call engineer, Chat message", "so the on-call engineer", "so the on-call engineer"),
    ],
)  # fmt: skip
def test_whoever_a_quote_names_goes_from_every_text(target: str, text: str, expected: str) -> None:
    quote = Evidence("quote", "Zbigniew Brzezicki 2:04 PM yes", target)
    redacted = redact(timeline_of(Event("e", NOON, text=text, evidence=(quote,))), GIVEN)
    (event,) = redacted.document.post_mortem.incidents[0].timeline
    assert event.text == expected.replace("~", "a colleague")
    assert not event.evidence
    assert "Quotes of sources: 1" in redacted.left_out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zbigniew Brzezicki: restarted db", "A colleague: restarted db"),
        ("[14:02] Zbigniew Brzezicki (she/her): on it", "[14:02] a colleague: on it"),
        ("**Zbigniew O'Brzezicki**: on it", "**A colleague**: on it"),
        ("Search Team: restarted it", "Search Team: restarted it"),
        ("Root cause: a full pool", "Root cause: a full pool"),
        ("Restarted at 14:02: all well", "Restarted at 14:02: all well"),
    ],
)
def test_who_speaks_at_the_start_of_an_event_goes(text: str, expected: str) -> None:
    redacted = redact(timeline_of(Event("e", NOON, text=text)), GIVEN)
    assert redacted.document.post_mortem.incidents[0].timeline[0].text == expected


def test_fields_about_persons_and_places_inside_are_empty() -> None:
    whole = codec.dumps(redact(example(), GIVEN).document)
    for gone in ("Nkosi", "Thandiwe", "g.corp", "select x", "old.corp", "OPS-1", "remark", "fine",
                 "inside", "Internal notes", "secret-tag", "said no"):  # fmt: skip
        assert gone not in whole
    assert "The Incident Commander said so" in whole
    assert "Limit retries" in whole
    assert "Graph" in whole


def test_it_says_how_much_it_left_out_and_not_what() -> None:
    redacted = redact(example(), GIVEN)
    last = redacted.document.post_mortem.sections[-1]
    assert last.heading == HEADING
    assert all(f"- {line}" in last.markdown for line in redacted.left_out)
    said = "\n".join(redacted.left_out)
    assert "Sections: Response record, Own sections, Reviews and comments" in said
    assert "Comments: 1" in said
    assert "Reviews: 1" in said
    assert "Corrected entries of the timeline: 1" in said
    assert "Mentions of persons: " in said


def test_ids_are_others_each_time_the_same_and_fit_together() -> None:
    first, again = (redact(example(), GIVEN).document for _ in range(2))
    assert first == again
    assert first.post_mortem.id not in ("pm", "")
    (event,) = first.post_mortem.incidents[0].timeline
    assert event.id != "e2"


def test_sections_are_chosen() -> None:
    document = example()
    assert with_sections(document, SECTIONS) == document
    bare = with_sections(document, ())
    assert not bare.post_mortem.sections
    assert not bare.post_mortem.incidents[0].timeline
    assert not bare.actions
    with_own = redact(document, GIVEN, {*EXTERNAL, "own"}).document
    assert [s.heading for s in with_own.post_mortem.sections] == ["Internal notes", HEADING]


@given(documents())
def test_any_document_can_be_redacted_and_stored(document: Document) -> None:
    redacted = redact(document, GIVEN).document
    assert codec.decode(PostMortem, codec.encode(redacted.post_mortem)) == redacted.post_mortem
    assert not redacted.attachments
    ids = [action.id for action in document.actions]
    assert not {action.id for action in redacted.actions} & set(ids)
    assert redacted.post_mortem.sections[-1].heading == HEADING
