"""Headings of other people's templates and the roles they play."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.markdown.fields import meaning_of
from integrations.markdown.headings import role_of

ROLES = {
    "summary": """
        Executive Summary
        TL;DR
        What happened?
        1. Overview
        📋 Incident summary
        Abstract
        """,
    "timeline": """
        Timeline (all times UTC)
        ⏱ Incident Timeline
        Timeline of events
        Chronology
        Sequence of events
        Timeline – 3 May 2024, all times in CET
        Time line
        3.2 Timeline (PST) 04/21/2023 - 04/25/2023
        """,
    "impact": """
        Impact
        Customer impact
        User Impact
        Business impact
        Who was affected?
        Summary of impact
        """,
    "root_cause": """
        Root Cause(s)
        Root cause analysis (RCA)
        The Five Whys
        5 Whys
        What caused the incident?
        Why did it happen?
        Root cause and mitigation
        Fault
        """,
    "contributing": """
        Contributing factors
        Contributing Conditions Analysis
        Contributing causes
        """,
    "trigger": """
        Trigger
        Trigger(s)
        """,
    "detection": """
        Detection
        How was it detected?
        How did we find out?
        Why it wasn't caught
        """,
    "resolution": """
        Resolution & Recovery
        Mitigation
        How we fixed it
        Remediation
        Response
        """,
    "actions": """
        Action Items
        ACTION ITEMS & FOLLOW-UPS
        Follow ups
        Corrective and Preventative Measures
        Next steps
        Corrective actions
        How are we preventing it from happening again?
        Remediation items
        What are we doing to prevent this?
        Recommendations
        """,
    "lessons": """
        Lessons Learned
        Lessons learnt
        Learnings
        Key takeaways
        What did we learn?
        How'd We Do?
        """,
    "went_well": """
        What went well
        What Went Well?
        Things that went well
        What worked
        """,
    "went_wrong": """
        What went wrong
        What didn't go well
        What could have gone better?
        What went poorly
        What Didn't Go So Well?
        What could be improved
        """,
    "lucky": """
        Where we got lucky
        Where did we get lucky?
        """,
    "participants": """
        Attendees
        Postmortem attendees
        Responders
        Acknowledgements
        People involved
        """,
    "supporting": """
        Supporting information
        Appendix A: Graphs
        References
        Open questions
        """,
    "meta": """
        Status
        Date
        Stats
        Metadata
        Lead-up
        """,
}


@pytest.mark.parametrize("role", ROLES)
def test_headings_play_their_roles(role: str) -> None:
    headings = [line.strip() for line in ROLES[role].strip().split("\n")]
    assert {heading: role_of(heading) for heading in headings} == dict.fromkeys(headings, role)


@pytest.mark.parametrize(
    "heading",
    [
        "",
        "Checkout",
        "2024-05-03",
        "Deployment",
        "Incident on 2024-05-03 - All users unable to see the recovery page after the upgrade",
        "Block production slowed down because of the impact of a timeline parser",
        "x" * 5000,
    ],
)
def test_other_headings_play_none(heading: str) -> None:
    assert role_of(heading) == ""


@given(st.text(max_size=120))
def test_any_heading_is_read(heading: str) -> None:
    assert isinstance(role_of(heading), str)


@pytest.mark.parametrize(
    ("label", "meaning"),
    [
        ("Severity", "severity"),
        ("**Start Date / Time**", "onset"),
        ("Detection time (UTC):", "detected"),
        ("Time to Resolve (TTR)", "ttr"),
        ("Post-mortem owner", "authors"),
        ("Affected services", "services"),
        ("A sentence about services", ""),
    ],
)
def test_labels_have_meanings(label: str, meaning: str) -> None:
    assert meaning_of(label) == meaning
