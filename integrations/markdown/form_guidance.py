"""Guidance for whoever writes the Markdown form: a template's questions and how entries look."""

from collections.abc import Iterable, Mapping

from integrations.markdown import form_tables as tables
from integrations.markdown.form_text import guidance
from models.templates import Place, Template, TemplateSection

Guides = Mapping[str, list[str]]
"""Name of a section, or "# " and a custom heading -> comments."""

NOTATION = {
    "impact": (
        "- **Window**",
        "  - from: 2026-11-19 14:02 UTC",
        "  - to: 2026-11-19 14:40 UTC",
        "- **Measure** Failed requests",
        "  - value: 41,000",
    ),
    "timeline": (
        "- **2026-11-19 14:02 UTC, impact** First errors.",
        "  - evidence: [dashboard](<https://graphs.example/errors>)",
    ),
    "whys": (
        "- **1** Why did the saves fail?",
        "  - because: The pool of connections ran empty.",
        "  - **1.1** Why did the pool run empty?",
        "    - because: Each retry opened a connection.",
        "    - stop: fixable by us",
        "    - root: No limit on retries",
    ),
    "actions": (
        "- **new** Limit the retries to three",
        "  - type: prevent",
        "  - team: Platform",
        "  - due: 2026-12-17",
        "  - addresses: 1.1",
        "  - done when: A test with a dead database shows three tries.",
    ),
}
"""An example of the entries of a section, line by line, as the form reads them."""

_ALSO = {
    "timeline": "A table or lines such as “14:02 First errors” are read, too.",
    "whys": "“1.2” is a second answer, “1.2 and” one that was needed as well.",
    "actions": "Plain list items and tables are read, too.",
}


def guides(template: Template) -> Guides:
    """The comments for every section of a template."""
    return {_name(s): [guidance(text) for text in _texts(s)] for s in template.sections}


def _name(section: TemplateSection) -> str:
    if section.place is Place.CUSTOM:
        return f"# {section.heading}"
    return section.place.value.replace(" ", "_")


def _texts(section: TemplateSection) -> Iterable[str]:
    name = _name(section)
    if tables.SECTIONS.get(name, section.heading) != section.heading:
        yield f"{section.heading}."
    yield from section.questions
    if section.example:
        yield f"For example: {section.example}"
    if name in NOTATION:
        yield "Write it like this:"
        yield from NOTATION[name]
    if name in _ALSO:
        yield _ALSO[name]
