"""The language check: each row of its rules, what is no blame, and what holds for any text."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.language import prose, rules
from models.language.checking import check, check_block, rewritten

RULES = rules.load()
SENTENCES = Path(__file__).with_name("language_sentences.toml")

ROWS = [
    ("The release team should have tested old accounts.", "counterfactual", "should have"),
    ("We could have rolled back sooner.", "counterfactual", "could have"),
    ("If only the canary had been slower.", "counterfactual", "If only"),
    ("If we had tested the restore, we would have known.", "counterfactual", "If we had"),
    ("The engineer failed to check the region.", "lapse", "engineer failed"),
    ("One of the developers forgot to run the migration.", "lapse", "forgot"),
    ("Somebody neglected to renew the certificate.", "lapse", "neglected"),
    ("We did not notice the growing queue.", "lapse", "did not notice"),
    ("Nobody bothered to read the log.", "lapse", "Nobody bothered"),
    ("An engineer ran the job against the wrong cluster.", "lapse", "wrong"),
    ("The developer accidentally removed the index.", "accident", "accidentally"),
    ("Root cause: human error.", "human-error", "human error"),
    ("This was an operator error.", "human-error", "operator error"),
    ("The page was shown after a user error.", "human-error", "user error"),
    ("It was careless to go on.", "judgement", "careless"),
    ("The delay was ridiculous.", "judgement", "ridiculous"),
    ("Down again!!!", "judgement", "!!!"),
    ("The outage was caused by the payments team.", "named-cause", "payments team"),
    ("The root cause was Bob.", "named-cause", "Bob"),
    ("It is the vendor's fault.", "named-cause", "vendor's fault"),
    ("Who did this?", "who-question", "Who did"),
    ("Why did you restart it?", "who-question", "Why did you"),
    ("Obviously the disk was full.", "obvious", "Obviously"),
    ("Of course the failover did not work.", "obvious", "Of course"),
    ("They knew that the disk was full.", "obvious", "knew"),
    ("Be more careful with the flag.", "careful", "more careful"),
    ("The outage ended by fixing the server.", "vague-part", "server"),
]

NOT_BLAME = [
    "The server failed to start.",
    "Tests should have a timeout.",
    "Run `git blame` on the file, then git blame again.",
    "The Kubernetes operator failed to reconcile the custom resource.",
    "Improve error handling and add lazy loading.",
    "The log has the level user error for a refused login.",
    'The log says "user error" at level WARN.',
    "Handle user errors in the form.",
    "The pod forgot its lease.",
    "Engineers should have access to the dashboards.",
    "The alert should have fired at 10:00.",
    "Customers failed to check out for 20 minutes.",
    "It is not the fault of the on-call engineer.",
    "Human error is never a cause.",
    "Human error is seen as the effect of what lies deeper.",
    "Telling people to be more careful changes nothing.",
    "!!! note",
    "Blameless reviews do not ask who did it or what they should have done.",
    "The check tells whether we forgot a region.",
    "The change by the platform team failed to apply.",
    "An engineer ran `terraform apply` as the runbook says.",
    "It could have been worse.",
    "Who was affected: all accounts in Europe.",
    "Why did the alert not fire?",
    "As far as we knew, the disk was half full.",
    "The lazy import made the start shorter.",
    "We failed over to the replica.",
    "The connection pool of the read replica was fixed.",
    "The page “forgot password” was slow.",
    "This was caused by the developer tools extension.",
]


@pytest.mark.parametrize(("text", "rule", "words"), ROWS)
def test_each_row_of_the_rules(text: str, rule: str, words: str) -> None:
    found = [finding for finding in check(text, RULES) if finding.rule == rule]
    assert found, check(text, RULES)
    assert words in found[0].text
    assert found[0].text == text[found[0].start :][: found[0].length]
    assert found[0].why.endswith(".")
    assert "{" in found[0].suggestion


@pytest.mark.parametrize("text", NOT_BLAME)
def test_what_is_no_blame(text: str) -> None:
    assert check(text, RULES) == ()


def test_sentences_of_many_turns_of_phrase() -> None:
    told = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
    assert len(told["blame"]) > 1200
    assert len(told["fine"]) > 1100
    assert [text for text in told["blame"] if not check(text, RULES)] == []
    assert [text for text in told["fine"] if check(text, RULES)] == []


def test_the_same_words_are_found_in_every_process() -> None:
    text = "I also made an incorrect assumption."
    (finding,) = check(text, RULES)
    assert finding.text == "I also made an incorrect assumption"


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Better monitoring", {"action-verb", "action-scope", "action-end-state"}),
        ("Improve monitoring of checkout queues", {"vague-action", "action-end-state"}),
        ("Investigate why retries hold connections", {"vague-action", "action-end-state"}),
        ("Fix it", {"action-scope", "action-end-state"}),
        ("Lower the p99 latency of checkout below 300 ms", set()),
        ("Run the save tests for each schema version", set()),
    ],
)
def test_what_an_action_leaves_open(text: str, missing: set[str]) -> None:
    assert {finding.rule for finding in check(text, RULES, kind="action")} == missing


MARKED = """---
summary: we forgot this
---

# We **forgot** the index

<!-- we forgot
in a comment -->

    we forgot in code

```
we forgot in a fence
```

> we forgot in a quote

2026-11-19 14:02:00,123 ERROR we forgot in a log
level=error msg="x" we forgot in another

| Time | Event |
|---|---|
| 14:02 | we forgot a row; see `we forgot` |

- [we forgot a link](https://example.org/we-forgot), <a title="we forgot">here</a>
  and we
  forgot a line
"""


def test_only_prose_is_read() -> None:
    found = check(MARKED, RULES)
    lines = [MARKED.count("\n", 0, finding.start) + 1 for finding in found]
    words = [" ".join(finding.text.split()) for finding in found]
    assert words == ["We **forgot", "we forgot", "we forgot", "we forgot"]
    assert lines == [5, 23, 25, 26]


def test_a_rewrite_says_what_is_known_and_leaves_the_rest_blank() -> None:
    text = "Errors rose. At 13:40 the release team should have tested old accounts. It was late."
    (finding,) = check(text, RULES)
    assert rewritten(text, finding) == (
        "Errors rose. At 13:40 the team saw {signal} and chose {action}. "
        "What made that sensible? It was late."
    )
    (finding,) = check("They should have checked.", RULES, known={"time": "14:02"})
    assert finding.suggestion.startswith("At 14:02 ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The engineer forgot to drain the node, so 300 requests failed.",
            (
                "At {time} {what was done}; no {check} showed {what was still open},"
                " so 300 requests failed."
            ),
        ),
        (
            "Saves failed for 38 minutes because we forgot the flag.",
            (
                "Saves failed for 38 minutes because at {time} {what was done};"
                " no {check} showed {what was still open}."
            ),
        ),
        (
            "The alert fired at 13:52, but the team should have seen it at 13:40.",
            (
                "The alert fired at 13:52, but at 13:40 the team saw {signal} and chose {action}."
                " What made that sensible?"
            ),
        ),
        (
            "We forgot to run `kubectl drain` on 3 nodes.",
            (
                "At {time} {what was done}; no {check} showed {what was still open}"
                " (`kubectl drain`, 3 nodes)."
            ),
        ),
        (
            "After the second deploy at 9:30, the team should have waited; the queue grew at 9:40.",
            (
                "After the second deploy at 9:30, the team saw {signal} and chose {action};"
                " the queue grew at 9:40."
            ),
        ),
        (
            "We forgot the disk, memory and load of the node.",
            "At {time} {what was done}; no {check} showed {what was still open}.",
        ),
    ],
)
def test_a_rewrite_takes_the_place_of_its_clause_and_drops_no_figure(
    text: str, expected: str
) -> None:
    assert rewritten(text, check(text, RULES)[0]) == expected


def test_a_blank_that_is_left_is_told_one_after_the_other() -> None:
    (before,) = check("The release team should have tested it.", RULES)
    text = rewritten("The release team should have tested it.", before)
    for blank in ("{time}", "{signal}", "{action}"):
        (finding,) = check(text, RULES)
        assert (finding.rule, finding.text) == ("blank", blank)
        assert rewritten(text, finding) == text
        text = text.replace(blank, "14:02")
    assert check(text, RULES) == ()
    for other in ("Call /jobs/{time}/run.", "See `{time}`.", "The {id} of the job."):
        assert check(other, RULES) == ()


def test_a_name_never_comes_into_a_rewrite() -> None:
    (finding,) = check("Priya Example should have waited.", RULES)
    assert "Priya" not in finding.suggestion
    (finding,) = check(
        "Zorbo forgot the flag and Zorbo should have waited.", RULES, names={"zorbo"}
    )[1:]
    assert finding.rule == "counterfactual"
    assert "Zorbo" not in finding.suggestion


def test_a_paragraph_is_judged_by_itself() -> None:
    text = f"{MARKED}\nWe forgot the last one.\n"
    pieces = [f for block in prose.blocks(text) for f in check_block(block, RULES)]
    assert tuple(pieces) == check(text, RULES)


_WORDS = st.sampled_from(
    [word for text, *_ in ROWS for word in text.split()]
    + ["`", "``", "```", '"', "'", "“", "”", "(", "](", "[", "http://x", "<a", ">", "|", "-", "*"]
    + ["_", "#", "> ", "\n", "\n\n", "\n---", "<!--", "-->", "14:02", ".", "?", ":", "@x", "İ"]
)
_TEXTS = st.one_of(st.text(), st.lists(_WORDS, max_size=60).map(" ".join))


@given(_TEXTS, st.sampled_from(["prose", "action"]))
@example("İ we forgot İ", "prose")
def test_any_text_is_checked_and_rewritten_in_its_place(text: str, kind: str) -> None:
    for finding in check(text, RULES, kind=kind):
        start, length = finding.replaces
        assert 0 <= finding.start <= finding.start + finding.length <= len(text)
        assert text[finding.start : finding.start + finding.length] == finding.text
        assert 0 <= start <= start + length <= len(text)
        after = rewritten(text, finding)
        assert after.startswith(text[:start])
        assert after.endswith(text[start + length :])
        assert len(after) == len(text) - length + len(finding.suggestion)


@pytest.mark.parametrize("unit", ["we forgot ", "`", "](", "x", "!! ", "level=", '"', "<a"])
def test_a_long_line_is_no_trouble(unit: str) -> None:
    check(unit * (100_000 // len(unit)), RULES)
