"""What has been read of a document so far."""

from dataclasses import dataclass, field

from integrations.markdown.events import Row
from integrations.markdown.headings import role_of
from integrations.markdown.why_trees import Chain
from models.domain.action import ActionItem


@dataclass(slots=True)
class Draft:
    """What has been read so far. Lists of Markdown are joined at the end."""

    prose: dict[str, list[str]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    chains: list[Chain] = field(default_factory=list)
    actions: list[ActionItem] = field(default_factory=list)
    sections: list[tuple[str, str]] = field(default_factory=list)
    wordings: list[str] = field(default_factory=list)

    def add_prose(self, role: str, heading: str, text: str) -> None:
        """Prose of a role; a second heading of the same role stays as a heading inside."""
        if not text.strip():
            self.wordings.append(heading)
            return
        if self.prose.get(role) or not _is_usual(heading, role):
            self.prose.setdefault(role, []).append(f"### {heading}\n\n{text}" if heading else text)
        else:
            self.prose[role] = [text]
            self.wordings.append(heading)

    def add_section(self, heading: str, text: str) -> None:
        """Text that has no other place, under its own heading."""
        if text.strip():
            self.sections.append((heading, text))
        elif heading:
            self.wordings.append(heading)


def _is_usual(heading: str, role: str) -> bool:
    """Whether a heading is only another name of its role."""
    return not heading or (role_of(heading) == role and len(heading) < 40)
