"""A document as pieces: its title, what stands before the first heading, and what has a role."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from integrations.markdown.blocks import Block, Section, plain, read_blocks
from integrations.markdown.fields import labelled_items, meaning_of
from integrations.markdown.headings import role_of

_WHOLE = frozenset({"timeline", "actions", "supporting", "messaging", "participants"})
"""Roles whose nested headings are left to the reader of the role, or belong to it."""
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading, its role ("" for none that is known), and what stands below it."""

    heading: str
    role: str
    section: Section


@dataclass(frozen=True, slots=True)
class Pieces:
    """The title ("" without one), the blocks before the first heading, and the pieces in order."""

    title: str
    preamble: tuple[Block, ...]
    pieces: tuple[Piece, ...]


def read_pieces(root: Section) -> Pieces:
    """The pieces of a document that was read as sections."""
    title, sections, blocks = "", root.sections, root.blocks
    if sections and _is_title(sections):
        first, *others = sections
        title = first.title
        sections = (*first.sections, *others)
        blocks = (*blocks, *first.blocks)
    preamble, labelled = _labelled(blocks)
    found = [*labelled]
    for section in sections:
        found += split_section(section)
    return Pieces(title, preamble, tuple(found))


def _is_title(sections: tuple[Section, ...]) -> bool:
    """The first heading is the title, unless it plays a role; "Incident on 3 May" plays none."""
    first = sections[0]
    higher = [s for s in sections[1:] if s.level <= first.level]
    dated = any(character.isdigit() for character in first.title)
    if role_of(first.title) and not dated:
        return first.level == 1 and not higher and bool(first.sections)
    return first.level == 1 or not higher


def split_section(section: Section, inherited: str = "", depth: int = 0) -> Iterator[Piece]:
    """A section as pieces: nested headings with a role of their own become pieces, too."""
    role = role_of(section.title) or inherited
    if role in _WHOLE or depth > _DEEPEST:
        yield Piece(section.title, role, section)
        return
    own: list[Section] = []
    apart: list[Section] = []
    for child in section.sections:
        other = role_of(child.title)
        (apart if other and other not in (role, "meta", "supporting") else own).append(child)
    kept = section.blocks
    labelled: list[Piece] = []
    if role in ("meta", ""):
        kept, labelled = _labelled(section.blocks)
    yield Piece(section.title, role, replace(section, blocks=kept, sections=tuple(own)))
    yield from labelled
    for child in apart:
        yield from split_section(child, "", depth + 1)


def _labelled(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], list[Piece]]:
    """Lists of "**Impact**: ..." as if each label were a heading; the other blocks stay."""
    kept: list[Block] = []
    pieces: list[Piece] = []
    for block in blocks:
        items = labelled_items(block) if block.kind == "list" else None
        if items is None or not any(role_of(label) and not meaning_of(label) for label, _ in items):
            kept.append(block)
            continue
        for label, text in items:
            if not label or (meaning_of(label) and not role_of(label)) or _is_value(label, text):
                kept.append(Block("list", _as_item(label, text)))
            else:
                role = role_of(label)
                pieces.append(Piece(label, role, Section(2, label, read_blocks(text.strip("\n")))))
    return tuple(kept), pieces


def _is_value(label: str, text: str) -> bool:
    """A label whose value is a date, a name or a number rather than prose."""
    return bool(meaning_of(label)) and "\n" not in text.strip()


def _as_item(label: str, text: str) -> str:
    lines = (f"**{plain(label)}**: {text.strip()}" if label else text.strip()).split("\n")
    return "\n".join(
        [f"- {lines[0]}", *(f"  {line}" if line.strip() else "" for line in lines[1:])]
    )
