"""Starting, listing, relating, reverting and deleting post-mortems."""

import pytest

from app import settings
from tests.app.cli.conftest import Afterwhy, outage, stored


def test_new_makes_a_draft_with_its_incident(afterwhy: Afterwhy) -> None:
    afterwhy("author", "--name", "Robin Example", "--role", "incident lead")
    made = afterwhy(
        "new", "--title", "Search was slow", "--severity", "P1", "--service", "search",
        "--service", "search", "--service", "gateway", "--template", "google-sre", "--json",
    )  # fmt: skip
    assert (made.code, made.json) == (0, {"ref": "PM-2026-001"})
    shown = afterwhy("show", "PM-2026-001", "--json").json
    assert shown["title"] == "Search was slow"
    assert (shown["status"], shown["historical"], shown["version"]) == ("Draft", False, 1)
    assert shown["authors"] == ["Robin Example"]
    assert shown["template"] == "google-sre"
    incident = shown["incidents"][0]
    assert incident["severity"] == "SEV1"
    assert incident["services"] == ["search", "gateway"]
    assert shown["status_history"][0]["at"] == "2026-11-19T14:02:00Z"


@pytest.mark.parametrize(
    ("asked", "template"),
    [
        ("lightweight", "lightweight-sev3"),
        ("Lightweight, for SEV3", "lightweight-sev3"),
        ("GOOGLE", "google-sre"),
        ("", "blameless-5-whys"),
    ],
)
def test_a_template_is_known_by_how_it_begins(
    afterwhy: Afterwhy, asked: str, template: str
) -> None:
    ref = afterwhy("new", "--title", "x", "--template", asked, "--json").json["ref"]
    assert afterwhy("show", ref, "--json").json["template"] == template


def test_a_beginning_of_several_templates_names_them(afterwhy: Afterwhy) -> None:
    folder = settings.config_folder() / "templates"
    folder.mkdir(parents=True)
    text = 'id = "google-own"\nname = "Own"\n\n[[sections]]\nplace = "summary"\nheading = "S"\n'
    (folder / "own.toml").write_text(text, encoding="utf-8")
    result = afterwhy("new", "--title", "x", "--template", "google")
    assert result.code == 1
    assert "several templates" in result.err
    assert "google-sre (Google SRE style), google-own (Own)" in result.err
    assert afterwhy("list", "--json").json["total"] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--title", "  "], "needs a title"),
        (["--title", "x", "--template", "none"], "google-sre"),
        (["--title", "x", "--template", "?"], "no template '?'"),
    ],
)
def test_new_says_what_it_cannot_use(afterwhy: Afterwhy, arguments: list[str], said: str) -> None:
    result = afterwhy("new", *arguments)
    assert result.code == 1
    assert said in result.err
    assert afterwhy("list", "--json").json["total"] == 0


def test_list_has_what_scripts_rely_on(afterwhy: Afterwhy) -> None:
    ref = stored(outage(actions=[{"title": "Limit retries"}]))
    afterwhy("new", "--title", "No incident time yet")
    listed = afterwhy("list", "--json").json
    assert listed["total"] == 2
    assert listed["post_mortems"][1] == {
        "ref": ref,
        "title": "Checkout refused payments",
        "status": "Draft",
        "severity": "SEV2",
        "services": ["checkout"],
        "occurred_at": "2026-03-02T09:14:00Z",
        "open_actions": 1,
    }
    assert listed["post_mortems"][0]["occurred_at"] is None


def test_list_narrows_by_a_query_and_a_limit(afterwhy: Afterwhy) -> None:
    ref = stored(outage())
    stored(outage("Login failed", incidents=[{"services": ["login"]}]))
    found = afterwhy("list", "service:checkout", "--json").json
    assert [p["ref"] for p in found["post_mortems"]] == [ref]
    limited = afterwhy("list", "--limit", 1, "--json").json
    assert (limited["total"], len(limited["post_mortems"])) == (2, 1)
    without = afterwhy("list", "-service:checkout", "--json").json
    assert [p["title"] for p in without["post_mortems"]] == ["Login failed"]
    every_word = afterwhy("list", "login", "zebra", "--json").json
    assert every_word["total"] == 0
    assert every_word["notices"] == []


def test_a_list_tells_what_a_filter_cannot_mean(afterwhy: Afterwhy) -> None:
    stored(outage())
    listed = afterwhy("list", "before:yesterday", "--json").json
    assert listed["post_mortems"] == []
    assert any("yesterday" in notice for notice in listed["notices"])


def test_list_is_a_table_for_people(afterwhy: Afterwhy) -> None:
    assert afterwhy("list").out == "No post-mortems.\n"
    ref = stored(outage())
    heading, row = afterwhy("list").out.splitlines()
    assert heading.split() == ["REF", "WHEN", "SEV", "STATUS", "OPEN", "SERVICES", "TITLE"]
    assert row.split() == [
        ref,
        "2026-03-02",
        "SEV2",
        "Draft",
        "checkout",
        *outage()["title"].split(),
    ]


def test_relations_stand_and_end(afterwhy: Afterwhy) -> None:
    first, second = stored(outage()), stored(outage("Checkout refused payments again"))
    related = afterwhy("relate", second, "repeat-of", first, "--note", "same pool", "--json").json
    assert [(r["kind"], r["ref"], r["note"]) for r in related["relations"]] == [
        ("repeat of", first, "same pool")
    ]
    ended = afterwhy("relate", second, "repeat-of", first, "--remove", "--json").json
    assert ended == {"ref": second, "relations": []}
    assert afterwhy("relate", first, "related", first).code == 1
    assert afterwhy("relate", first, "cousin-of", second).code == 2


def test_history_and_restore(afterwhy: Afterwhy) -> None:
    ref = stored(outage())
    afterwhy("set", ref, "--add-tag", "dns")
    history = afterwhy("history", ref, "--json").json
    assert history["version"] == 2
    assert [r["kind"] for r in history["revisions"]] == ["saved", "created"]
    restored = afterwhy("restore", ref, 1, "--json")
    assert restored.json == {"ref": ref, "version": 3}
    assert afterwhy("show", ref, "--json").json["tags"] == ["capacity"]
    missing = afterwhy("restore", ref, 99)
    assert missing.code == 1
    assert f"afterwhy history {ref}" in missing.err
    assert afterwhy("restore", ref, "first").code == 2


def test_delete_and_undelete(afterwhy: Afterwhy) -> None:
    first, second = stored(outage()), stored(outage("Second"))
    assert afterwhy("delete", "PM-2031-999").code == 1
    assert afterwhy("list", "--json").json["total"] == 2
    deleted = afterwhy("delete", first, second, "PM-2031-999", "--json")
    assert deleted.code == 3
    assert deleted.json["deleted"] == [first, second]
    assert [entry["ref"] for entry in deleted.json["failed"]] == ["PM-2031-999"]
    assert "PM-2031-999" in deleted.err
    trash = afterwhy("trash", "--json").json
    assert trash["total"] == 2
    assert trash["post_mortems"][0] == {
        "ref": first,
        "title": "Checkout refused payments",
        "deleted_at": "2026-11-19T14:02:00Z",
    }
    assert afterwhy("show", first).code == 1
    back = afterwhy("undelete", first, "PM-2031-999", "--json")
    assert (back.code, back.json["undeleted"]) == (3, [first])
    assert afterwhy("list", "--json").json["total"] == 1
    assert afterwhy("undelete", first).code == 1


def test_set_changes_a_selection_at_once(afterwhy: Afterwhy) -> None:
    first, second = stored(outage()), stored(outage("Second", tags=["dns", "old"]))
    changed = afterwhy(
        "set", first, second, "--service", "payments", "--severity", "sev-1", "--status",
        "in review", "--reason", "asked for in the meeting", "--add-tag", "dns",
        "--remove-tag", "old", "--json",
    )  # fmt: skip
    assert (changed.code, changed.json) == (0, {"changed": [first, second], "failed": []})
    for ref, tags in ((first, ["capacity", "dns"]), (second, ["dns"])):
        shown = afterwhy("show", ref, "--json").json
        assert shown["incidents"][0]["services"] == ["payments"]
        assert shown["incidents"][0]["severity"] == "SEV1"
        assert shown["status"] == "In review"
        assert shown["tags"] == tags
    some = afterwhy("set", first, "PM-2031-999", "--add-tag", "dns2", "--json")
    assert (some.code, some.json["changed"]) == (3, [first])
    assert afterwhy("set", first).code == 2
    unknown = afterwhy("set", first, "--status", "lost")
    assert unknown.code == 1
    assert "Reviewed" in unknown.err


def test_set_names_what_is_missing_for_a_status_and_keeps_the_reason(afterwhy: Afterwhy) -> None:
    draft, imported = stored(outage()), stored(outage("Old", historical=True, status="Closed"))
    set_ = ("set", draft, imported, "--status", "Closed", "--json")
    refused = afterwhy(*set_)
    assert (refused.code, refused.json["changed"]) == (3, [])
    (failed,) = refused.json["failed"]
    assert failed["ref"] == draft
    assert f"{draft} lacks for Closed: " in failed["reason"]
    assert failed["reason"] in refused.err
    assert afterwhy("show", draft, "--json").json["status"] == "Draft"
    done = afterwhy(*set_, "--reason", "It is superseded.")
    assert (done.code, done.json) == (0, {"changed": [draft], "failed": []})
    last = afterwhy("show", draft, "--json").json["status_history"][-1]
    assert last["status"] == "Closed"
    assert last["reason"].startswith("It is superseded. Still open: ")
    assert afterwhy("set", draft, "--status", "Draft").code == 0, "no gate on the way back"


def test_rename_merges(afterwhy: Afterwhy) -> None:
    ref = stored(outage(incidents=[{"services": ["checkout", "check-out"]}]))
    done = afterwhy("rename", "service", "check-out", "checkout", "--json").json
    assert done == {"changed": [ref]}
    assert afterwhy("show", ref, "--json").json["incidents"][0]["services"] == ["checkout"]
    assert afterwhy("rename", "tag", "capacity", "load", "--json").json == {"changed": [ref]}
    assert afterwhy("rename", "tag", "nowhere", "load").code == 1
    assert afterwhy("rename", "tag", "load", " ").code == 1


def test_the_author_signs_what_follows(afterwhy: Afterwhy) -> None:
    assert afterwhy("author", "--json").json == {"name": "", "role": ""}
    given = afterwhy("author", "--name", "Robin Example", "--role", "developer", "--json").json
    assert given == {"name": "Robin Example", "role": "developer"}
    ref = afterwhy("new", "--title", "Signed", "--json").json["ref"]
    revisions = afterwhy("history", ref, "--json").json["revisions"]
    assert revisions[0]["actor"] == "Robin Example (developer)"


def test_init_makes_a_library_once(afterwhy: Afterwhy) -> None:
    made = afterwhy("init", "--json").json
    assert (made["created"], made["samples"]) == (True, 0)
    again = afterwhy("init", "--json").json
    assert (again["created"], again["library"]) == (False, made["library"])


def test_the_sample_library_goes_in_and_out(afterwhy: Afterwhy) -> None:
    own = stored(outage())
    made = afterwhy("init", "--sample", "--json").json
    assert made["created"] is False
    assert made["samples"] >= 12
    assert afterwhy("list", "--json").json["total"] == made["samples"] + 1
    assert afterwhy("init", "--sample", "--json").json["samples"] == 0
    assert afterwhy("index", "status", "--json").json["behind"] == 0
    assert afterwhy("samples", "remove", "--json").json == {"removed": made["samples"]}
    assert [p["ref"] for p in afterwhy("list", "--json").json["post_mortems"]] == [own]


def test_an_earlier_revision_is_shown_and_compared(afterwhy: Afterwhy) -> None:
    ref = stored(outage())
    afterwhy("set", ref, "--add-tag", "dns")
    assert afterwhy("show", ref, "--revision", 1, "--json").json["tags"] == ["capacity"]
    assert "dns" not in afterwhy("show", ref, "--revision", 1).out
    told = afterwhy("show", ref, "--revision", 1, "--diff").out.splitlines()
    assert told[:2] == [f"--- {ref}, revision 1", f"+++ {ref}, now"]
    assert told[2:] == ["", "Details", "  Tags: changed", "      capacity{+, dns+}"]
    data = afterwhy("show", ref, "--revision", 1, "--diff", "--json").json
    assert data["diff"].splitlines() == told
    assert data["changes"] == [
        {
            "place": {"section": "details", "record": "", "field": "tags"},
            "label": "Tags",
            "kind": "changed",
            "before": "capacity",
            "after": "capacity, dns",
        }
    ]
    same = afterwhy("show", ref, "--revision", 2, "--diff")
    assert (same.code, same.out.strip()) == (0, "The texts are the same.")
    assert afterwhy("show", ref, "--revision", 99).code == 1
    assert afterwhy("show", ref, "--diff").code == 2


def test_a_value_that_no_vocabulary_knows_is_kept_and_told(afterwhy: Afterwhy) -> None:
    made = afterwhy("new", "--title", "x", "--severity", "SEV9", "--json")
    assert "SEV1" in made.err
    ref = made.json["ref"]
    assert afterwhy("show", ref, "--json").json["incidents"][0]["severity"] == "SEV9"
    assert "SEV1" in afterwhy("set", ref, "--severity", "SEV8").err
    added = afterwhy(
        "action", "add", ref, "--title", "y", "--priority", "P9", "--type", "odd", "--json"
    )
    assert (added.code, added.err.count("Known are")) == (0, 2)
    assert afterwhy("set", ref, "--severity", "sev-2").err == ""


def test_a_limit_of_nothing_says_how_many_there_are(afterwhy: Afterwhy) -> None:
    stored(outage(actions=[{"title": "Limit retries"}]))
    for command in (["list"], ["action", "list"]):
        result = afterwhy(*command, "--limit", 0)
        assert (result.out, result.err) == ("", "0 of 1.\n"), command


def test_names_and_titles_stand_on_one_line(afterwhy: Afterwhy) -> None:
    title, service = "Saves\nfailed", "profile\tapi"
    ref = afterwhy("new", "--title", title, "--service", service, "--json").json["ref"]
    afterwhy("set", ref, "--add-tag", "a\nb")
    afterwhy("action", "add", ref, "--title", "Limit\nretries", "--owner", "on\ncall")
    shown = afterwhy("show", ref, "--json").json
    assert (shown["title"], shown["tags"]) == ("Saves failed", ["a b"])
    assert shown["incidents"][0]["services"] == ["profile api"]
    assert (shown["actions"][0]["title"], shown["actions"][0]["owner"]) == (
        "Limit retries",
        "on call",
    )
    assert afterwhy("author", "--name", "A\nB", "--json").json["name"] == "A B"


def test_setting_nothing_is_a_usage_error(afterwhy: Afterwhy) -> None:
    ref = stored(outage())
    for option in ("--service", "--add-tag", "--remove-tag"):
        assert afterwhy("set", ref, option, " ").code == 2


@pytest.mark.parametrize("revision", [9, 10**30])
def test_a_revision_that_is_not_there_is_a_sentence(afterwhy: Afterwhy, revision: int) -> None:
    ref = stored(outage())
    for arguments in (["restore", ref, revision], ["show", ref, "--revision", revision]):
        result = afterwhy(*arguments)
        assert result.code == 1
        assert f"{ref} has no revision {revision}." in result.err
