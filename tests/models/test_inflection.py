"""The forms of verbs, in which the language check looks for them."""

import pytest

from models.language.inflection import forms_of, irregular

KNOWN = irregular(["forget forgot forgotten forgetting", "get got got/gotten", "run ran run"])


@pytest.mark.parametrize(
    ("verb", "s", "past", "done", "ing"),
    [
        ("check", "checks", "checked", "checked", "checking"),
        ("notice", "notices", "noticed", "noticed", "noticing"),
        ("miss", "misses", "missed", "missed", "missing"),
        ("verify", "verifies", "verified", "verified", "verifying"),
        ("spot", "spots", "spotted", "spotted", "spotting"),
        ("double-check", "double-checks", "double-checked", "double-checked", "double-checking"),
        ("forget", "forgets", "forgot", "forgotten", "forgetting"),
        ("run past", "runs past", "ran past", "run past", "running past"),
    ],
)
def test_each_form_of_a_verb(verb: str, s: str, past: str, done: str, ing: str) -> None:
    forms = [forms_of(verb, form, KNOWN) for form in ("s", "past", "done", "ing")]
    assert forms == [(s,), (past,), (done,), (ing,)]


def test_a_verb_with_two_forms_has_both() -> None:
    assert forms_of("get", "done", KNOWN) == ("got", "gotten")
    assert forms_of("get", "any", KNOWN) == ("get", "gets", "got", "gotten", "getting")
