"""Templates: guidance as data, and a new post-mortem that begins empty but whole."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from models import document, templates
from models.document import Document
from models.domain.incident import Incident, IncidentState
from models.domain.post_mortem import Status
from models.domain.whys import About
from models.errors import KnownError
from models.templates import Place, Template

KNOWN = templates.load()
AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def test_the_blameless_one_is_the_default() -> None:
    assert list(KNOWN) == ["blameless-5-whys", "google-sre", "customer-facing", "lightweight-sev3"]


@pytest.mark.parametrize("template", KNOWN.values(), ids=list(KNOWN))
def test_every_section_guides_its_writer(template: Template) -> None:
    assert template.description.endswith(".")
    for section in template.sections:
        assert section.owner in ("Engineering", "PM or TPM", "Everyone")
        assert section.questions
        assert all(q.endswith(("?", ".")) for q in section.questions)
        assert section.example


@pytest.mark.parametrize("template", KNOWN.values(), ids=list(KNOWN))
def test_a_new_post_mortem_is_empty_but_whole(template: Template) -> None:
    new = templates.start(
        template,
        title="Sign-ins refused",
        at=AT,
        severity="SEV2",
        services=["identity", "identity"],
    )
    assert (new.title, new.status, new.template) == ("Sign-ins refused", Status.DRAFT, template.id)
    (incident,) = new.incidents
    assert (incident.severity, incident.services) == ("SEV2", ("identity",))
    assert [(c.severity, c.at) for c in incident.severity_history] == [("SEV2", AT)]
    custom = [s.heading for s in template.sections if s.place is Place.CUSTOM]
    assert [(s.heading, s.markdown) for s in new.sections] == [(h, "") for h in custom]
    assert [(t.about, t.problem, t.nodes) for t in new.whys] == (
        [(About.OCCURRENCE, "", ())] if template.has(Place.WHYS) else []
    )
    assert Document(new) == document.from_json(document.to_json(Document(new)))


def test_guidance_is_never_typed_into_the_document() -> None:
    for template in KNOWN.values():
        new = templates.start(template, title="T", at=AT)
        said = str(document.to_json(Document(new)))
        assert not any(s.example in said for s in template.sections)
        assert new.incidents == (
            Incident(new.incidents[0].id, title="T", state=IncidentState.LIVE),
        )


def test_each_new_post_mortem_has_ids_of_its_own() -> None:
    template = KNOWN["blameless-5-whys"]
    one, other = (templates.start(template, title="T", at=AT) for _ in range(2))
    assert one.id != other.id
    assert one.incidents[0].id != other.incidents[0].id


OWN = """
id = "own"
name = "Own"
order = 1
[[sections]]
place = "custom"
heading = "Weather"
[[sections]]
place = "summary"
heading = "Summary"
"""


def test_a_team_adds_a_template_and_makes_it_the_default(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "own.toml").write_text(OWN)
    found = templates.load(tmp_path)
    assert list(found) == ["own", *KNOWN]
    new = templates.start(found["own"], title="T", at=AT)
    assert [section.heading for section in new.sections] == ["Weather"]
    assert new.whys == ()


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (OWN.replace('"summary"', '"sumary"'), 9, "'sumary' is not one of"),
        (OWN.replace('"custom"', '"summary"'), 8, "'Summary' (summary) stands here already"),
        (OWN.replace("order = 1", "order = true"), 4, "whole number"),
        ("id = 'own'\nname = 'Own'\nsections = []", 3, "needs a section"),
    ],
)
def test_a_fault_names_file_and_line(tmp_path: Path, text: str, line: int, what: str) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "own.toml").write_text(text)
    with pytest.raises(KnownError) as caught:
        templates.load(tmp_path)
    assert f"own.toml, line {line}:" in str(caught.value)
    assert what in str(caught.value)
