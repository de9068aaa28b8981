"""``afterwhy status``: what is missing, the next step, and the reason for going on."""

from tests.app.cli.conftest import Afterwhy


def begin(afterwhy: Afterwhy) -> str:
    ref: str = afterwhy("new", "--title", "Mails late", "--json").json["ref"]
    return ref


def test_it_says_where_a_post_mortem_stands_and_what_it_lacks(afterwhy: Afterwhy) -> None:
    ref = begin(afterwhy)
    told = afterwhy("status", ref)
    assert told.code == 0
    assert told.out.startswith(f"{ref}: Draft\nBefore the review: ")
    assert "  - Choose how bad it was for users.\n" in told.out
    data = afterwhy("status", ref, "--json").json
    assert (data["ref"], data["status"], data["next"]) == (ref, "Draft", "ask for review")
    assert data["review_due"] is None
    rules = [gap["rule"] for gap in data["missing"]]
    assert rules[:2] == ["severity", "onset"]
    assert {"rule", "section", "place", "text"} == set(data["missing"][0])


def test_what_is_missing_is_listed_and_nothing_is_set(afterwhy: Afterwhy) -> None:
    ref = begin(afterwhy)
    refused = afterwhy("status", ref, "in review")
    assert refused.code == 3
    assert refused.out.startswith(f"{ref} stays Draft. Missing for In review:\n")
    assert afterwhy("status", ref, "reviewed", "--json").json["changed"] is False
    assert afterwhy("show", ref, "--json").json["status"] == "Draft"


def test_a_reason_goes_on_and_is_kept(afterwhy: Afterwhy) -> None:
    ref = begin(afterwhy)
    done = afterwhy("status", ref, "In review", "--reason", "The meeting is today.", "--json")
    assert done.code == 0
    assert (done.json["status"], done.json["changed"]) == ("In review", True)
    last = afterwhy("show", ref, "--json").json["status_history"][-1]
    assert last["reason"].startswith("The meeting is today. Still open: No severity, No onset,")
    assert last["at"] == "2026-11-19T14:02:00Z"
    back = afterwhy("status", ref, "draft")
    assert (back.code, back.out) == (0, f"{ref}: Draft\n")


def test_an_unknown_status_is_refused(afterwhy: Afterwhy) -> None:
    refused = afterwhy("status", begin(afterwhy), "finished?")
    assert refused.code == 1
    assert "There are: Draft, In review, Reviewed, Closed." in refused.err
