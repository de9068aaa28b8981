"""Each notation of a timeline as it is pasted: instants, words, kinds and who said it."""

from datetime import UTC, date, datetime

import pytest

from integrations.markdown.times import shown
from integrations.markdown.zones import zone_from
from integrations.timeline.reading import read_events
from integrations.timeline.resolving import Answers
from integrations.timeline.rows import Reading
from models.domain.moments import Precision, exactly

Case = tuple[str, str, list[tuple[str, str]]]
DAY = date(2026, 11, 19)


def read(text: str, zone: str = "") -> Reading:
    reading = read_events(text, Answers(day=DAY, zone=zone_from(zone) if zone else None))
    for row in reading.rows:
        assert row.source == text[row.start : row.end]
    return reading


def told(text: str, zone: str = "") -> list[tuple[str, str]]:
    """Instant and words of each row; nothing may be open."""
    reading = read(text, zone)
    assert not reading.questions
    return [(shown(row.moment), row.text) for row in reading.rows]


def case(text: str, zone: str, rows: list[tuple[str, str]]) -> Case:
    """A paste, the zone that is answered where it names none, and its rows."""
    return text, zone, rows


CASES = {
    "Slack, name and time in one line": case(
        "Thursday, November 19th\n"
        "on-call engineer  2:02 PM\nsave errors above 5%\n:eyes: 2\nlooking at the flag (edited)\n"
        "Incident Commander  [2:08 PM]\nwe call it SEV1\n3 replies\nView thread\n",
        "CET",
        [
            ("2026-11-19 14:02 CET", "save errors above 5%\nlooking at the flag"),
            ("2026-11-19 14:08 CET", "we call it SEV1"),
        ],
    ),
    "Slack, time below the name": case(
        "on-call engineer\n  14:02\nsave errors\n\nsecond paragraph\n\n"
        "Alert Relay\nAPP  14:06\nerror rate is high\n14:07\nstill high\n",
        "UTC",
        [
            ("2026-11-19 14:02 UTC", "save errors\n\nsecond paragraph"),
            ("2026-11-19 14:06 UTC", "error rate is high"),
            ("2026-11-19 14:07 UTC", "still high"),
        ],
    ),
    "Slack, a follow-up without its PM": case(
        "on-call engineer  1:58 PM\nerrors\n2:04\nflag at 5%\n",
        "UTC",
        [("2026-11-19 13:58 UTC", "errors"), ("2026-11-19 14:04 UTC", "flag at 5%")],
    ),
    "Slack, with its marks for links and people": case(
        "on-call engineer  2:02 PM\nsee <https://status.example/a|status> <@U123> <!here>\n",
        "UTC",
        [("2026-11-19 14:02 UTC", "see [status](https://status.example/a) @U123 @here")],
    ),
    "Slack export": case(
        '[{"type":"message","user":"U1","ts":"1795096921.000200",'
        '"text":"errors, see <https://g.example/x|graph> &amp; <#C1|ops>"},\n'
        ' {"type":"message","user":"U2","ts":"1795096981.000200","text":"flag off"}]',
        "",
        [
            ("2026-11-19 14:02:01 UTC", "errors, see [graph](https://g.example/x) & #ops"),
            ("2026-11-19 14:03:01 UTC", "flag off"),
        ],
    ),
    "Teams copy with dates in brackets": case(
        "[19/11/2026 14:02] On-call Engineer: save errors\n"
        "[19/11/2026 14:11] Comms Lead\nFirst update sent\nto support\n",
        "Europe/Berlin",
        [
            ("2026-11-19 14:02 Europe/Berlin", "save errors"),
            ("2026-11-19 14:11 Europe/Berlin", "First update sent\nto support"),
        ],
    ),
    "Teams export": case(
        '{"value":[{"createdDateTime":"2026-11-19T14:06:00.12Z",'
        '"from":{"user":{"displayName":"On-call"}},'
        '"body":{"contentType":"html","content":"<p>save <b>errors</b></p>"}}]}',
        "",
        [("2026-11-19 14:06 UTC", "save **errors**")],
    ),
    "WhatsApp": case(
        "19/11/2026, 14:02 - On-call: site is down\n19/11/2026, 14:05 - Lead: flag off",
        "UTC",
        [("2026-11-19 14:02 UTC", "site is down"), ("2026-11-19 14:05 UTC", "flag off")],
    ),
    "IRC": case(
        "[14:02:10] <oncall> site is down\n[14:05:00] <lead> flag off",
        "UTC",
        [("2026-11-19 14:02:10 UTC", "site is down"), ("2026-11-19 14:05 UTC", "flag off")],
    ),
    "CSV with quoted fields": case(
        'Time (UTC),Who,What\n2026-11-19 14:02,on-call,"Errors, many\nof them"\n'
        "2026-11-19 14:05,lead,Flag off\n",
        "",
        [("2026-11-19 14:02 UTC", "Errors, many\nof them"), ("2026-11-19 14:05 UTC", "Flag off")],
    ),
    "CSV without titles": case(
        "2026-11-19 14:02 UTC,errors on saving\n2026-11-19 14:05 UTC,flag off\n",
        "",
        [("2026-11-19 14:02 UTC", "errors on saving"), ("2026-11-19 14:05 UTC", "flag off")],
    ),
    "TSV with date and time apart": case(
        "Date\tTime (CET)\tEvent\n2026-11-19\t15:02\tErrors\n2026-11-19\t15:05\tFlag off",
        "",
        [("2026-11-19 15:02 CET", "Errors"), ("2026-11-19 15:05 CET", "Flag off")],
    ),
    "semicolons and epochs": case(
        "timestamp;severity;message\n1795096921;ERROR;pool is full\n"
        "1795096981000;INFO;pool is fine",
        "",
        [
            ("2026-11-19 14:02:01 UTC", "pool is full \u2014 severity: ERROR"),
            ("2026-11-19 14:03:01 UTC", "pool is fine \u2014 severity: INFO"),
        ],
    ),
    "Markdown table": case(
        "| Time (UTC) | Event |\n|---|---|\n| 14:02 | errors |\n| 14:05 | flag off |",
        "",
        [("2026-11-19 14:02 UTC", "errors"), ("2026-11-19 14:05 UTC", "flag off")],
    ),
    "Markdown bullets below a day": case(
        "## 2026-11-20\n\n- **14:02 UTC** errors\n- 14:05 UTC: flag off\n  on both shards\n",
        "",
        [
            ("2026-11-20 14:02 UTC", "errors"),
            ("2026-11-20 14:05 UTC", "flag off\n  on both shards"),
        ],
    ),
    "lines that begin with an ISO time": case(
        "2026-11-19T14:02:01.123Z pool is full\n2026-11-19 09:03:01,123 -0500 pool is fine\n"
        "2026-11-19T15:04:01+01:00 all well",
        "",
        [
            ("2026-11-19 14:02:01 UTC", "pool is full"),
            ("2026-11-19 09:03:01 -05:00", "pool is fine"),
            ("2026-11-19 15:04:01 +01:00", "all well"),
        ],
    ),
    "12 hours": case(
        "2:02 PM - errors\n2.10pm: flag off\n12:05 AM all clear",
        "UTC",
        [
            ("2026-11-19 14:02 UTC", "errors"),
            ("2026-11-19 14:10 UTC", "flag off"),
            ("2026-11-20 00:05 UTC", "all clear"),
        ],
    ),
    "epoch seconds and thousandths": case(
        "1795096921 pool is full\n[1795096981123] pool is fine",
        "",
        [("2026-11-19 14:02:01 UTC", "pool is full"), ("2026-11-19 14:03:01 UTC", "pool is fine")],
    ),
    "syslog with a stack trace": case(
        "Nov 19 14:02:01 web-1 app[12]: pool is full\n    at acquire\nNov 19 14:02:03 web-1 ok",
        "UTC",
        [
            ("2026-11-19 14:02:01 UTC", "web-1 app[12]: pool is full\n    at acquire"),
            ("2026-11-19 14:02:03 UTC", "web-1 ok"),
        ],
    ),
    "syslog of RFC 5424": case(
        "<165>1 2026-11-19T14:02:01.003Z web-1 app 12 ID47 - pool is full",
        "",
        [("2026-11-19 14:02:01 UTC", "web-1 app 12 ID47 - pool is full")],
    ),
    "Apache error log": case(
        "[Thu Nov 19 14:02:01.123456 2026] [core:error] pool is full",
        "UTC",
        [("2026-11-19 14:02:01 UTC", "[core:error] pool is full")],
    ),
    "dates with a comma in them": case(
        "Nov 19, 2026, 2:02:01 PM UTC errors\nNov 19, 2026, 2:05:01 PM UTC flag off",
        "",
        [("2026-11-19 14:02:01 UTC", "errors"), ("2026-11-19 14:05:01 UTC", "flag off")],
    ),
    "Teams copy without dates": case(
        "[14:02] On-call Engineer\nsave errors\n\n[14:05] Comms Lead (Support)\nFirst update\n",
        "UTC",
        [("2026-11-19 14:02 UTC", "save errors"), ("2026-11-19 14:05 UTC", "First update")],
    ),
    "days and months with points": case(
        "[19.11. 14:02] Comms Lead\nFirst update\n19.11. 14:05 flag off",
        "UTC",
        [("2026-11-19 14:02 UTC", "First update"), ("2026-11-19 14:05 UTC", "flag off")],
    ),
    "times at the ends of lines": case(
        "First errors \u2014 14:02 UTC\nAll clear \u2014 15:31 UTC",
        "",
        [("2026-11-19 14:02 UTC", "First errors"), ("2026-11-19 15:31 UTC", "All clear")],
    ),
    "a numbered list": case(
        "1. 14:02 UTC errors\n2. 14:05 UTC flag off",
        "",
        [("2026-11-19 14:02 UTC", "errors"), ("2026-11-19 14:05 UTC", "flag off")],
    ),
    "offsets of hours alone": case(
        "2026-11-19 15:02:01.123+01 pool is full\n2026-11-19 15:03:01+01 pool is fine",
        "",
        [
            ("2026-11-19 15:02:01 +01:00", "pool is full"),
            ("2026-11-19 15:03:01 +01:00", "pool is fine"),
        ],
    ),
    "a message that ends in a time": case(
        "lead \u2014 19/11/2026 14:05\nwent off at 14:02\non-call  19/11/2026 14:06\nseen at 14:04",
        "UTC",
        [("2026-11-19 14:05 UTC", "went off at 14:02"), ("2026-11-19 14:06 UTC", "seen at 14:04")],
    ),
    "klog": case(
        "E1119 14:02:01.123456       1 controller.go:114] lease lost",
        "UTC",
        [("2026-11-19 14:02:01 UTC", "controller.go:114] lease lost")],
    ),
    "logfmt": case(
        'ts=2026-11-19T14:02:01Z level=error msg="pool is full" pool=main\n'
        'level=info time="2026-11-19T14:03:01Z" msg=ok',
        "",
        [("2026-11-19 14:02:01 UTC", "pool is full"), ("2026-11-19 14:03:01 UTC", "ok")],
    ),
    "JSON lines": case(
        '{"time":"2026-11-19T14:06:00Z","level":"error","msg":"pool is full"}\n'
        '{"time":"2026-11-19T14:07:00Z","level":"info","msg":"pool is fine"}',
        "",
        [("2026-11-19 14:06 UTC", "pool is full"), ("2026-11-19 14:07 UTC", "pool is fine")],
    ),
    "access log": case(
        '10.0.0.1 - - [19/Nov/2026:14:02:01 +0000] "GET /cart HTTP/1.1" 503 0',
        "",
        [("2026-11-19 14:02:01 UTC", '"GET /cart HTTP/1.1" 503 0')],
    ),
    "git log": case(
        "commit 1a2b3c4d5e6f7a8b9c0d (HEAD)\nAuthor: Release Role <r@example.org>\n"
        "Date:   Thu Nov 19 15:02:01 2026 +0100\n\n    Set the flag to 100%\n\n    As planned\n\n"
        "commit 2a2b3c4d5e6f7a8b9c0d\nAuthor: Release Role <r@example.org>\n"
        "Date:   Thu Nov 19 15:49:01 2026 +0100\n\n    Set the flag to 0%\n",
        "",
        [
            ("2026-11-19 15:02:01 +01:00", "Set the flag to 100%\n\nAs planned (1a2b3c4d5e)"),
            ("2026-11-19 15:49:01 +01:00", "Set the flag to 0% (2a2b3c4d5e)"),
        ],
    ),
    "git log in one line": case(
        "1a2b3c4 2026-11-19 15:02:01 +0100 Set the flag to 100%",
        "",
        [("2026-11-19 15:02:01 +01:00", "Set the flag to 100% (1a2b3c4)")],
    ),
    "mail": case(
        "From: Status Desk <s@example.org>\nTo: all@example.org\n"
        "Date: Thu, 19 Nov 2026 15:11:00 +0100\nSubject: First update\n\nSaves fail.\n",
        "",
        [("2026-11-19 15:11 +01:00", "First update\n\nSaves fail.")],
    ),
    "Alertmanager webhook": case(
        '{"status":"resolved","alerts":[{"labels":{"alertname":"HighErrorRate"},'
        '"annotations":{"summary":"error rate above 5%"},'
        '"startsAt":"2026-11-19T14:06:00Z","endsAt":"2026-11-19T14:49:00Z"}]}',
        "",
        [
            ("2026-11-19 14:06 UTC", "error rate above 5%"),
            ("2026-11-19 14:49 UTC", "Over: error rate above 5%"),
        ],
    ),
    "Grafana and Alertmanager text": case(
        "[FIRING:1] HighErrorRate (checkout)\nSummary: error rate above 5%\n"
        "Started: 2026-11-19 14:06:00 UTC",
        "",
        [
            (
                "2026-11-19 14:06 UTC",
                "[FIRING:1] HighErrorRate (checkout) \u2014 error rate above 5%",
            )
        ],
    ),
    "PagerDuty": case(
        "[#12345] TRIGGERED: save error rate above 5%\nService: profile\n"
        "Triggered at: 2026-11-19T14:06:00Z\nAcknowledged at: 2026-11-19T14:08:00Z\n"
        "Resolved at: 2026-11-19T15:31:00Z",
        "",
        [
            ("2026-11-19 14:06 UTC", "[#12345] TRIGGERED: save error rate above 5%"),
            ("2026-11-19 14:08 UTC", "Acknowledged: [#12345] TRIGGERED: save error rate above 5%"),
            ("2026-11-19 15:31 UTC", "Over: [#12345] TRIGGERED: save error rate above 5%"),
        ],
    ),
    "Datadog": case(
        "[Triggered] Error rate is high on checkout\nError rate above 5%.\n"
        "The monitor was last triggered at Thu Nov 19 2026 14:02:01 UTC.",
        "",
        [("2026-11-19 14:02:01 UTC", "[Triggered] Error rate is high on checkout")],
    ),
    "CloudWatch": case(
        'You are receiving this email because your Amazon CloudWatch Alarm "pool-full" in the EU '
        "region has entered the ALARM state.\n\nAlarm Details:\n"
        "- Name:                       pool-full\n- State Change:               OK -> ALARM\n"
        "- Reason for State Change:    Threshold Crossed: 1 datapoint [98.0]\n"
        "- Timestamp:                  Thursday 19 November, 2026 14:02:01 UTC\n",
        "",
        [
            (
                "2026-11-19 14:02:01 UTC",
                "pool-full: OK -> ALARM \u2014 Threshold Crossed: 1 datapoint [98.0]",
            )
        ],
    ),
    "kubectl get events -o json": case(
        '{"items":[{"lastTimestamp":"2026-11-19T14:02:01Z","reason":"BackOff",'
        '"message":"Back-off","involvedObject":{"kind":"Pod","name":"cart-1"}}]}',
        "",
        [("2026-11-19 14:02:01 UTC", "Back-off (BackOff, Pod/cart-1)")],
    ),
    "Afterwhy's own lines": case(
        "- **2026-11-19 15:02 CET, action** Set to 100%\n  - evidence: log\n"
        "- **about 2026-11-19 15:05 CET, note** more errors\n",
        "",
        [("2026-11-19 15:02 CET", "Set to 100%"), ("2026-11-19 15:05 CET", "more errors")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_pasted_notation(name: str) -> None:
    text, zone, expected = CASES[name]
    assert told(text, zone) == expected


@pytest.mark.parametrize("name", CASES)
def test_windows_line_ends_change_nothing(name: str) -> None:
    text, zone, expected = CASES[name]
    windows = told(text.replace("\n", "\r\n"), zone)
    assert [(at, words.replace("\r", "")) for at, words in windows] == expected


@pytest.mark.parametrize("text", ["Page: error rate is high", "Rollback: started by hand"])
@pytest.mark.parametrize("time", ["14:06", "[14:06]", "2026-11-19 14:06", "2026-11-19T14:06:00Z"])
def test_words_before_a_colon_are_no_name(time: str, text: str) -> None:
    (row,) = read(f"{time} {text}", "UTC").rows
    assert (row.text, row.author) == (text, "")


def test_a_message_above_an_indented_time_is_no_name() -> None:
    text = "on-call engineer\n  2:02 PM\nsave errors\n  2:03 PM\nmore errors"
    rows = read(text, "UTC").rows
    assert [(row.text, row.author) for row in rows] == [
        ("save errors", "on-call engineer"),
        ("more errors", "on-call engineer"),
    ]


def test_who_said_it_is_kept_beside_the_words_not_in_them() -> None:
    (row,) = read("on-call engineer  14:02\nerrors", "UTC").rows
    assert (row.author, row.text) == ("on-call engineer", "errors")
    assert row.source == "on-call engineer  14:02\nerrors"
    assert row.shown_source.target == "on-call engineer, Chat message"


def test_ages_count_back_from_when_they_were_copied() -> None:
    text = (
        "LAST SEEN          TYPE      REASON      OBJECT       MESSAGE\n"
        "5m12s              Warning   BackOff     pod/cart-1   Back-off restarting\n"
        "2m (x5 over 10m)   Warning   Unhealthy   pod/cart-1   Probe failed: HTTP 503"
    )
    assert [question.asked for question in read(text).questions] == ["copied"]
    rows = read_events(text, Answers(now=datetime(2026, 11, 19, 14, 10, tzinfo=UTC))).rows
    assert [(shown(row.moment), row.moment.precision) for row in rows] == [
        ("2026-11-19 14:04:48 UTC", Precision.APPROXIMATE),
        ("2026-11-19 14:08 UTC", Precision.APPROXIMATE),
    ]


def test_times_relative_to_the_start() -> None:
    text = "T+0 flag on\n+5m first errors\nT+00:47:00 flag off\nT-10min deploy"
    assert [question.asked for question in read(text).questions] == ["start"]
    start = exactly(datetime(2026, 11, 19, 14, 2, tzinfo=UTC))
    rows = read_events(text, Answers(start=start)).rows
    assert [(shown(row.moment)[11:16], row.text) for row in rows] == [
        ("13:52", "deploy"),
        ("14:02", "flag on"),
        ("14:07", "first errors"),
        ("14:49", "flag off"),
    ]


def test_ages_and_named_days_at_the_beginning_of_a_line() -> None:
    text = "5 minutes ago: errors\nyesterday at 23:50 UTC deploy"
    rows = read_events(text, Answers(now=datetime(2026, 11, 20, 8, 0, tzinfo=UTC))).rows
    assert [(shown(row.moment), row.text) for row in rows] == [
        ("2026-11-19 23:50 UTC", "deploy"),
        ("2026-11-20 07:55 UTC", "errors"),
    ]


def test_today_and_yesterday_are_those_of_copying() -> None:
    text = "on-call \u2014 Yesterday at 23:50\nsite is down\nlead \u2014 Today at 00:10\nflag off"
    assert [question.asked for question in read_events(text).questions] == ["zone", "copied"]
    now = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    rows = read_events(text, Answers(zone=zone_from("UTC"), now=now)).rows
    assert [shown(row.moment) for row in rows] == ["2026-11-19 23:50 UTC", "2026-11-20 00:10 UTC"]


@pytest.mark.parametrize(
    ("text", "kind", "because"),
    [
        ("14:02 rolled back to 5%", "action", "it says “rolled back”"),
        ("14:02 something", "note", ""),
        ("[FIRING:1] Pool\nStarted: 2026-11-19 14:06 UTC", "detected", "an alert"),
        (
            "time,type,event\n14:02,hotfix,limit doubled\n14:03,note,x",
            "hotfix",
            "its column says so",
        ),
    ],
)
def test_a_kind_is_guessed_with_its_reason(text: str, kind: str, because: str) -> None:
    row = read(text, "UTC").rows[0]
    assert (row.kind, row.because) == (kind, because)
