"""Reading events into a timeline on the command line."""

from pathlib import Path

import pytest

from tests.app.cli.conftest import Afterwhy, outage, stored

CHAT = "on-call engineer  14:02\nsave errors\nIncident Commander  14:05\nflag off\n"


def test_a_chat_becomes_events(afterwhy: Afterwhy) -> None:
    ref = stored(outage())
    options = ("--zone", "Europe/Berlin", "--day", "2026-11-19")
    result = afterwhy("timeline", ref, "-", *options, "--json", stdin=CHAT)
    assert result.code == 0
    assert [(one["at"], one["text"]) for one in result.json["added"]] == [
        ("2026-11-19T13:02:00Z", "save errors"),
        ("2026-11-19T13:05:00Z", "flag off"),
    ]
    kept = afterwhy("show", ref, "--json").json["incidents"][0]["timeline"]
    assert [one["evidence"][0]["text"] for one in kept][-2:] == [
        "on-call engineer  14:02\nsave errors",
        "Incident Commander  14:05\nflag off",
    ]
    again = afterwhy("timeline", ref, "-", *options, stdin=CHAT)
    assert f"{ref}: 0 of 2 events added." in again.out
    assert "(already in the timeline)" in again.out


def test_what_is_not_said_is_asked_for_and_nothing_is_written(afterwhy: Afterwhy) -> None:
    ref = stored(outage())
    before = afterwhy("show", ref, "--json").json
    text = "2026-11-19 14:02 errors\n2026-11-19 14:05 flag off"
    result = afterwhy("timeline", ref, "-", stdin=text)
    assert result.code == 1
    assert "In which time zone is “2026-11-19 14:02”?" in result.err
    assert "--zone Europe/Berlin" in result.err
    foreseen = afterwhy("timeline", ref, "-", "--dry-run", "--json", stdin=text)
    assert foreseen.code == 3
    assert [one["asked"] for one in foreseen.json["questions"]] == ["zone"]
    assert afterwhy("show", ref, "--json").json == before
    assert afterwhy("timeline", ref, "-", "--zone", "CST", stdin=text).code == 2


def test_an_ambiguous_time_is_added_without_its_instant(afterwhy: Afterwhy) -> None:
    ref = stored(outage())
    text = "2026-10-25 02:30 Europe/Berlin queue grew\n2026-10-25 04:00 UTC well"
    result = afterwhy("timeline", ref, "-", "--json", stdin=text)
    assert result.code == 3
    first = result.json["added"][0]
    assert (first["at"], first["written"]) == (None, "2026-10-25 02:30 Europe/Berlin")
    assert first["choices"] == ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"]


def test_all_that_is_missing_is_named_in_one_answer(afterwhy: Afterwhy) -> None:
    error = afterwhy("timeline", stored(outage(incidents=[{}])), "-", "--json", stdin=CHAT)
    told = error.json["error"]
    assert "time zone" in told["message"]
    assert "On which day" in told["message"]
    assert told["advice"] == "Add --zone Europe/Berlin, --day 2026-11-19."


def test_who_said_it_stands_before_the_words(afterwhy: Afterwhy) -> None:
    options = ("--zone", "UTC", "--day", "2026-11-19", "--dry-run")
    out = afterwhy("timeline", stored(outage()), "-", *options, stdin=CHAT).out
    assert "2026-11-19 14:05 UTC  Incident Commander: flag off" in out


def test_each_abbreviation_of_several_zones_has_its_own_answer(afterwhy: Afterwhy) -> None:
    ref = stored(outage())
    text = "2026-11-19 14:02 IST errors\n2026-11-19 14:05 well"
    asked = afterwhy("timeline", ref, "-", "--zone", "Europe/Berlin", stdin=text)
    assert asked.code == 1
    assert "Which “IST”" in asked.err
    assert "Add --zone IST=ZONE." in asked.err
    refused = afterwhy("timeline", ref, "-", "--zone", "IST=UTC", "--zone", "CET", stdin=text)
    assert "“IST” is no time of UTC" in refused.err
    options = ("--zone", "IST=Asia/Kolkata", "--zone", "CET", "--json")
    added = afterwhy("timeline", ref, "-", *options, stdin=text).json["added"]
    assert [one["at"] for one in added] == ["2026-11-19T08:32:00Z", "2026-11-19T13:05:00Z"]
    assert afterwhy("timeline", ref, "-", "--zone", "EST=CET", stdin=text).code == 2


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_a_table_is_read_in_any_encoding(afterwhy: Afterwhy, tmp_path: Path, encoding: str) -> None:
    table = (
        "Zeit;Wer;Was\r\n19.11.2026 14:02;Büro;Alarm ausgelöst\r\n"
        "19.11.2026 14:05;Team;Rückrollung\r\n"
    )
    file = tmp_path / "de.csv"
    file.write_bytes(table.encode(encoding))
    result = afterwhy("timeline", stored(outage()), str(file), "--zone", "CET", "--json")
    assert [one["text"].split(" \u2014 ")[0] for one in result.json["added"]] == [
        "Alarm ausgelöst",
        "Rückrollung",
    ]
    assert ("not valid UTF-8" in result.err) == (encoding == "cp1252")


def test_html_is_read_and_what_is_binary_refused(afterwhy: Afterwhy, tmp_path: Path) -> None:
    page = "<p>2026-11-19 14:02 UTC alert</p><p>2026-11-19 14:05 UTC flag off</p>"
    added = afterwhy("timeline", stored(outage()), "-", "--json", stdin=page).json["added"]
    assert [one["text"] for one in added] == ["alert", "flag off"]
    file = tmp_path / "x"
    file.write_bytes(bytes(range(32)) * 20)
    assert "is not text" in afterwhy("timeline", stored(outage()), str(file)).err
