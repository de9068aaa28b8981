"""Vocabularies: found by any spelling, advised, extended by a team without code."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from models import vocabulary
from models.domain.action import ActionState
from models.domain.post_mortem import Status
from models.errors import KnownError
from models.vocabulary import NAMES, Vocabulary

KNOWN = vocabulary.load()
EACH = [(name, getattr(KNOWN, name)) for name in NAMES]


def team(tmp_path: Path, name: str, text: str) -> Path:
    (tmp_path / "vocabulary").mkdir(exist_ok=True)
    (tmp_path / "vocabulary" / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("severities", "P1", "SEV1"),
        ("severities", "Sev-1", "SEV1"),
        ("severities", "sev 2", "SEV2"),
        ("severities", "critical", "SEV1"),
        ("severities", "S1", "SEV1"),
        ("statuses", "in-review", "In review"),
        ("action_states", "wont-do", "won't do"),
        ("action_states", "in-progress", "in progress"),
        ("action_states", "To Do", "ready"),
        ("action_states", "CLOSED", "done"),
        ("action_states", "won’t do", "won't do"),
        ("priorities", "high", "P1"),
        ("triggers", "Config change", "configuration change"),
        ("layers", "CDN", "edge"),
        ("layers", "replica", "read replica"),
        ("detections", "Customer", "customer report"),
        ("event_kinds", "Hotfix:", "hotfix"),
        ("measures", "Failed requests", "failed requests"),
        ("roles", "incident commander", "Incident Commander"),
    ],
)
def test_a_term_is_found_by_any_spelling(name: str, text: str, expected: str) -> None:
    words: Vocabulary = getattr(KNOWN, name)
    assert words.canonical(text) == expected


@pytest.mark.parametrize(("name", "words"), EACH)
def test_every_term_is_found_by_its_own_words_and_explained(name: str, words: Vocabulary) -> None:
    for term in words.terms:
        for word in (term.id, term.name, *term.aliases):
            assert words.find(word) == term, (name, word)
        assert term.description.endswith(".")


def test_a_value_outside_is_kept_as_it_is() -> None:
    assert KNOWN.layers.find("flux compensator") is None
    assert KNOWN.layers.canonical(" Flux compensator ") == "Flux compensator"


@given(st.text())
def test_any_text_may_be_looked_up(text: str) -> None:
    for _, words in EACH:
        term = words.find(text)
        assert words.canonical(text) == (term.id if term else text.strip())


def test_the_due_policy_follows_the_severity() -> None:
    days = {term.id: (term.due_days, term.review_days) for term in KNOWN.severities.terms}
    assert days == {"SEV1": (15, 3), "SEV2": (30, 7), "SEV3": (60, 14), "SEV4": (None, None)}


def test_states_and_statuses_are_those_of_the_domain() -> None:
    assert [term.id for term in KNOWN.statuses.terms] == list(Status)
    assert [term.id for term in KNOWN.action_states.terms] == list(ActionState)


def test_every_event_kind_has_an_icon_and_a_tone() -> None:
    assert len(KNOWN.event_kinds.terms) == 10
    assert all(term.icon and term.tone for term in KNOWN.event_kinds.terms)


def test_a_team_adds_changes_and_claims_terms(tmp_path: Path) -> None:
    folder = team(
        tmp_path,
        "severities.toml",
        """
        [[terms]]
        id = "SEV2"
        due_days = 28
        aliases = ["Critical", "Orange"]

        [[terms]]
        id = "SEV5"
        name = "Cosmetic"
        """,
    )
    words = vocabulary.load(folder).severities
    assert [term.id for term in words.terms] == ["SEV1", "SEV2", "SEV3", "SEV4", "SEV5"]
    changed = words.find("orange")
    assert changed is not None
    assert (changed.id, changed.due_days, changed.review_days) == ("SEV2", 28, 7)
    assert words.canonical("critical") == "SEV2"
    assert words.canonical("P2") == "SEV2"
    assert words.canonical("cosmetic") == "SEV5"
    assert vocabulary.load(folder).layers == KNOWN.layers


def test_a_team_without_a_folder_has_the_products_terms(tmp_path: Path) -> None:
    assert vocabulary.load(tmp_path) == KNOWN


@pytest.mark.parametrize(
    ("name", "text", "line", "what"),
    [
        ("layers.toml", "[[terms]]\nid = 'a'\nname = 'A'\n\n[[terms]]\nid = 'b'\n", 5, "missing"),
        ("layers.toml", "[[terms]]\nid = 'a'\nname = 'A'\nbogus = 1\n", 4, "not known"),
        ("severities.toml", "[[terms]]\nid = 'SEV1'\ndue_days = 'soon'\n", 3, "whole number"),
        ("layers.toml", "[[terms]\n", 1, "Expected"),
        ("layers.toml", "# mine\nterms = 3\n", 2, "a list"),
        ("layers.toml", "# mine\nterm = [{id = 'a'}]\n", 2, "not known"),
        ("layers.toml", "[[terms]]\nid = 'a'\nname = '!'\n", 1, "no letter"),
        ("layers.toml", "[[terms]]\nid='a'\nname='A'\n[[terms]]\nid='A'\nname='B'", 4, "already"),
        ("statuses.toml", "[[terms]]\nid = 'Parked'\nname = 'Parked'\n", 1, "cannot be added"),
        ("lairs.toml", "[[terms]]\nid = 'a'\nname = 'A'\n", 1, "no vocabulary 'lairs'"),
        ("layers.toml", "[[terms]]\nid = 'a'\nname = 'A'\naliases = [1]\n", 4, "text is expected"),
    ],
)
def test_a_fault_names_file_and_line(
    tmp_path: Path, name: str, text: str, line: int, what: str
) -> None:
    folder = team(tmp_path, name, text)
    with pytest.raises(KnownError) as caught:
        vocabulary.load(folder)
    assert f"{name}, line {line}:" in str(caught.value)
    assert what in str(caught.value)


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    folder = team(tmp_path, "layers.toml", "")
    (folder / "vocabulary" / "layers.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(KnownError, match=r"layers\.toml is not text"):
        vocabulary.load(folder)


@given(data=st.data(), inserted=st.text(max_size=12))
def test_a_damaged_file_is_read_or_refused_with_its_line(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, inserted: str
) -> None:
    whole = resources.read_text("vocabulary", "severities.toml")
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    folder = tmp_path_factory.mktemp("team")
    team(folder, "severities.toml", whole[:start] + inserted + whole[end:])
    refused = ""
    found = KNOWN
    try:
        found = vocabulary.load(folder)
    except KnownError as error:
        refused = str(error)
    assert not refused or re.search(r"severities\.toml, line [1-9]\d*: ", refused)
    ids = {term.id for term in found.severities.terms}
    assert {term.id for term in KNOWN.severities.terms} <= ids
