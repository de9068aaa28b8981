"""Persons, accounts, numbers, channels and hosts that only the words of a text give away."""

import pytest

from models.document import Document
from models.domain.post_mortem import PostMortem
from models.language.rules import load
from models.redaction import Redacted, redact

GIVEN = load().lists["names"]


def redacted(text: str) -> Redacted:
    return redact(Document(PostMortem("pm", "T", summary=text), "PM-2026-014"), GIVEN)


def told(text: str) -> str:
    return redacted(text).document.post_mortem.summary


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("so Müller wrote it, not Garcia", "so ~ wrote it, not ~"),
        ("so Mu\u0308ller wrote it", "so ~ wrote it"),
        ("so Xiulan Müller and José did", "so ~ and ~ did"),
        ("then Dr. Okonedo saw it", "then ~ saw it"),
        ("so 李雷 helped, and 田中さん", "so ~ helped, and ~"),
        ("so Alice Raghun did; later Raghun left", "so ~ did; later ~ left"),
        ("see alice.raghun@acme.example; later Raghun", "see [e-mail address removed]; later ~"),
        ("so ([dan](mailto:dan.b@acme.example))", "so (~)"),
        ("so [Wu](https://github.com/wu7) did", "so ~ did"),
        ("so [The on-call](mailto:oncall@acme.example) did", "so The on-call did"),
        ("so alice [at] acme.example wrote", "so [e-mail address removed] wrote"),
        ("so bob at acme dot example wrote", "so [e-mail address removed] wrote"),
    ],
)
def test_names_that_no_field_holds_go(text: str, expected: str) -> None:
    assert told(text) == expected.replace("~", "a colleague")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("`psql -h pgmain -U carol`", "`psql -h [machine] -U ~`"),
        ("user=frank and db_user = 'gina'", "user=~ and db_user = '~'"),
        ("ssh bob@web12, ssh dave@bastion", "ssh ~@[machine], ssh ~@[machine]"),
        ('failed for user "erin"', 'failed for user "~"'),
        ("sudo -u postgres psql; user=root", "sudo -u postgres psql; user=root"),
        ("call +49 170 1234567", "call [telephone number]"),
        ("call +1 (415) 555-2671 or (415) 555-2671",
         "call [telephone number] or [telephone number]"),
        ("in #inc-4412, <#C024BE7LR|inc>", "in [channel], [channel]"),
        ("on ip-10-0-0-12.ec2.internal now", "on [machine] now"),
        ("on ip-10-0-0-12.zone and eu.db-prod-03.fra1", "on [address] and [machine]"),
    ],
)  # fmt: skip
def test_accounts_numbers_channels_and_whole_hosts_go(text: str, expected: str) -> None:
    assert told(text) == expected.replace("~", "[account]")


@pytest.mark.parametrize(
    "text",
    [
        "C# and #123, #fff, #include <x>; a user said so to the owner of the pool",
        "+3 retries, +12%, +1000 ms, 14:02:03+01:00, phone 500 errors, 555-0100",
        "lodash@4.17.21, actions/checkout@v3 and `<!-- shown -->`",
        "MS Windows, DR failover, Then Search said no",
    ],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert told(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a <!-- x\ny -->b", "a b"),
        ("a\n\n<!-- never closed", "a"),
        ("```\n<!-- shown -->\n```", "```\n<!-- shown -->\n```"),
        ("a <!-- shown", "a <!-- shown"),
    ],
)
def test_hidden_comments_go_and_are_counted(text: str, expected: str) -> None:
    assert told(text) == expected
    assert ("Hidden comments: 1" in redacted(text).left_out) == (text != expected)


def test_it_names_what_may_be_a_name_and_says_that_names_may_remain() -> None:
    found = redacted("Kafka was slow. Casimira wrote the fix, then Ottoline left. Search said no.")
    assert found.suspects == ("Casimira", "Ottoline")
    note = found.document.post_mortem.sections[-1].markdown
    assert "may remain" in note
    assert "Ottoline" not in note


@pytest.mark.parametrize("piece", ["a.", "a-", "db-1.", "x <!-- ", "+1 ", "psql -U ", "a@b ", "`"])
def test_a_long_text_without_an_end_is_no_trouble(piece: str) -> None:
    assert told(piece * (20_000 // len(piece))) is not None
