"""Nothing that was planted is in any form of the version for people outside."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

from integrations.export.files import EXTERNAL_END, Format, export_documents
from models.document import Document
from models.domain.action import ActionItem, ActionState, Verification
from models.domain.attachment import Attachment
from models.domain.incident import Event, Evidence, Impact, Incident, Measure, RoleHolding
from models.domain.post_mortem import Comment, PostMortem, Review, Section, Status, StatusChange
from models.domain.root import Relation, RelationKind
from models.domain.whys import Stop, StopReason, WhyNode, WhyTree
from models.language.rules import load
from models.redaction import SECTIONS, redact
from tests.models.examples import NOON

PLANTED = (
    "Thandiwe", "Nkosi", "tnkosi", "Oluwaseun", "Adeyemi", "jdoe", "Charlotte", "corp.example",
    "wiki.internal", "db-prod-03", "10.20.30.40", "fe80::1234", "OPS-4711", "PM-2025-003",
    "s3cr3tPw9", "4111111111111111", "graph.png", "Old name of it", "select secret",
    "Witold", "Zbigniew", "Brzezicki", "zbrzezicki", "Magdalena", "2:04 PM", "she/her",
    "pool again", "reviewer said", "comment said", "Sister outage", "id-planted",
    "Müller", "李雷", "zoltanb", "carolx", "1234567", "inc-4412", "ec2.internal", "hidden words",
    "thandi@", "acme.example", "Adeyemi's", "Brown",
)  # fmt: skip
TEXT = (
    "Thandiwe Nkosi and @jdoe (tnkosi) asked **Oluwaseun** Adeyemi, then Charlotte. "
    "See [the wiki](https://wiki.internal/x), https://corp.example/a, <https://corp.example/b>, "
    "db-prod-03, 10.20.30.40, fe80::1234, OPS-4711, PM-2025-003, jdoe@corp.example, "
    "password: s3cr3tPw9, 4111111111111111. ![g](graph.png)\n\n"
    "Müller and 李雷 helped; [zoltanb](mailto:zoltanb@corp.example), `psql -U carolx`, "
    "+49 170 1234567, #inc-4412, ip-10-0-0-12.ec2.internal. <!-- hidden words -->\n"
    "ssh thandi@bastion, thandi [at] acme.example, Adeyemi's laptop, dan.brown@corp.example: "
    "Brown.\n\n"
    "```\nssh tnkosi@db-prod-03.corp.example\n```\n\n[1]: https://corp.example/c\n"
)
CHAT = (
    Evidence("quote", "Zbigniew Brzezicki  2:04 PM\nyes, pool again", "Zbigniew Brzezicki, Chat"),
    Evidence("quote", "Magdalena (she/her)  2:31 PM\nok", "Magdalena (she/her), Chat"),
)
SAID = (
    "[14:02] Zbigniew Brzezicki: restarted db",
    "zbrzezicki: Magdalena, look",
    "Witold Planted: on it",
)
LINE = TEXT.partition("\n")[0]


def planted() -> Document:
    links = (
        Evidence("link", "https://corp.example/e", "https://corp.example/e"),
        Evidence("query", "", "select secret"),
        Evidence("quote", TEXT),
        Evidence("attachment", "graph.png", "graph.png"),
    )
    node = WhyNode("id-planted-n", TEXT, TEXT, links, stop=Stop(StopReason.FIXABLE, TEXT, "Nkosi"))
    incident = Incident(
        "id-planted-i", TEXT, services=("db-prod-03",), resolution=TEXT,
        impact=Impact(measures=(Measure("Failed saves", "3", text=TEXT),), text=TEXT),
        roles=(RoleHolding("Incident Commander", "Oluwaseun Adeyemi"),),
        timeline=(Event("id-planted-e", NOON, text=TEXT, evidence=links, by_role="jdoe"),
                  *(Event(f"id-planted-{i}", NOON, text=text, evidence=CHAT)
                    for i, text in enumerate(SAID))),
    )  # fmt: skip
    mortem = PostMortem(
        "id-planted", "Outage of db-prod-03 after Zbigniew Brzezicki, by Thandiwe Nkosi (OPS-4711)",
        summary=TEXT,
        authors=("Thandiwe Nkosi",), facilitator="jdoe", incidents=(incident,),
        whys=(WhyTree("id-planted-t", problem=TEXT, nodes=(node,)),), contributing_factors=TEXT,
        reviews=(Review("id-planted-r", "Nkosi", text="reviewer said"),),
        comments=(Comment("id-planted-c", "summary", "comment said"),),
        sections=(Section("id-planted-s", LINE, TEXT),), tags=("OPS-4711",),
        aliases=("Old name of it",), source_labels=("Oluwaseun",),
        status_history=(StatusChange(Status.DRAFT, NOON, "Thandiwe Nkosi", TEXT),),
    )  # fmt: skip
    action = ActionItem(
        "id-planted-a", LINE, "A-1", ActionState.VERIFIED, owner="Oluwaseun Adeyemi",
        text=TEXT, links=("https://corp.example/t", "OPS-4711"), reason=TEXT, accepted_by="jdoe",
        verification=Verification(TEXT, "Nkosi"),
    )  # fmt: skip
    return Document(
        mortem,
        "PM-2026-014",
        actions=(action,),
        relations=(Relation(RelationKind.RELATED, "x", "PM-2025-003", "Sister outage", NOON),),
        attachments=(Attachment("id-planted-f", "graph.png", "a" * 64, "image/png", 3),),
    )


def everything(file: Path) -> str:
    """All text of a file, its properties, names and raw bytes included."""
    content = file.read_bytes()
    said = [file.name, content.decode("utf-8", "replace")]
    if file.suffix == ".docx":
        parts = zipfile.ZipFile(io.BytesIO(content))
        said += [parts.read(name).decode("utf-8", "replace") for name in parts.namelist()]
        said.append(re.sub("<[^>]+>", "", parts.read("word/document.xml").decode()))
    if file.suffix == ".pdf":
        reader = PdfReader(io.BytesIO(content))
        said += [page.extract_text() for page in reader.pages]
        said += [str(reader.metadata), str(reader.outline)]
        said += [
            str(note.get_object()) for page in reader.pages for note in page.get("/Annots", ())
        ]
    return "\n".join(said)


def squeezed(text: str) -> str:
    return re.sub(r"[\s*]+", "", text).casefold()


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("sections", [None, SECTIONS], ids=["usual sections", "all sections"])
def test_nothing_planted_is_in_a_file(
    form: Format, sections: dict[str, str] | None, tmp_path: Path
) -> None:
    names = load().lists["names"]
    chosen = redact(planted(), names, sections) if sections else redact(planted(), names)
    (file,) = export_documents(
        [chosen.document], form, tmp_path, lambda a: tmp_path / a.name, external=True
    ).files
    assert file.stem.endswith(EXTERNAL_END)
    said = squeezed(everything(file))
    assert [word for word in PLANTED if squeezed(word) in said] == []
    assert squeezed("What this version leaves out") in said
    assert squeezed("Mentions of persons") in said


@pytest.mark.parametrize("form", list(Format))
def test_the_whole_version_holds_what_was_planted(form: Format, tmp_path: Path) -> None:
    document = planted()
    bare = Document(document.post_mortem, document.ref, actions=document.actions)
    (file,) = export_documents([bare], form, tmp_path, lambda a: tmp_path / a.name).files
    said = squeezed(everything(file))
    assert [word for word in PLANTED[:8] if squeezed(word) not in said] == []


HINTS = ("No evidence yet", "Not answered yet", "No problem written yet")


def with_gaps() -> Document:
    """A tree without a problem: a why whose evidence does not go outside, one without an answer."""
    graph = Evidence("query", "", "select secret")
    nodes = (
        WhyNode("n", "Why?", "The pool was empty", (graph,)),
        WhyNode("m", "Why so?", children=(WhyNode("o", answer="So it was"),)),
    )
    return Document(PostMortem("pm", "Gaps", whys=(WhyTree("t", nodes=nodes),)), "PM-2026-015")


@pytest.mark.parametrize("form", [Format.HTML, Format.PDF])
def test_what_authors_have_yet_to_write_is_not_told_outside(form: Format, tmp_path: Path) -> None:
    redacted = redact(with_gaps(), load().lists["names"]).document

    def hints(document: Document, *, external: bool) -> list[str]:
        (file,) = export_documents(
            [document], form, tmp_path, lambda a: tmp_path / a.name, external=external
        ).files
        said = squeezed(everything(file))
        assert squeezed("The pool was empty") in said
        return [hint for hint in HINTS if squeezed(hint) in said]

    assert hints(with_gaps(), external=False) == list(HINTS)
    assert hints(redacted, external=True) == []


@pytest.mark.parametrize("form", list(Format))
def test_the_name_of_the_file_is_that_of_the_redacted_title(form: Format, tmp_path: Path) -> None:
    (file,) = export_documents(
        [redact(planted(), load().lists["names"]).document],
        form,
        tmp_path,
        lambda a: tmp_path / a.name,
        external=True,
    ).files
    assert file.stem.startswith("PM-2026-014-outage-of-machine-after-a-colleague-by-an-author")
