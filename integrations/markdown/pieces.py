"""A document as pieces: its title, what stands before the first heading, and what has a role."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from integrations.markdown.blocks import Block, Section, plain, read_blocks
from integrations.markdown.fields import TIMES, labelled_items, meaning_of, split_label
from integrations.markdown.headings import role_of
from integrations.markdown.stamps import read_stamp

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
    """Lines of "**Impact**: ..." as if each label were a heading; the other blocks stay."""
    kept: list[Block] = []
    pieces: list[Piece] = []
    blocks = tuple(line for block in blocks for line in _lines(block))
    bold = [_bold_label(block) for block in blocks]
    is_headed = sum(label is not None and bool(role_of(label[0])) for label in bold) > 1
    for block, label in zip(blocks, bold, strict=True):
        items = labelled_items(block) if block.kind == "list" else None
        if label is not None and is_headed and _plays(*label):
            pieces.append(_piece(*label))
        elif items is not None and any(_plays(*item) for item in items):
            for name, text in items:
                if _plays(name, text):
                    pieces.append(_piece(name, text))
                else:
                    kept.append(Block("list", _as_item(name, text)))
        elif is_headed and pieces and label is None:
            pieces[-1] = _longer(pieces[-1], block)
        else:
            kept.append(block)
    return tuple(kept), pieces


def _lines(block: Block) -> list[Block]:
    """A paragraph that has a bold label in several lines as one paragraph for each label."""
    groups: list[list[str]] = [[]]
    for line in block.text.split("\n"):
        if _bold_label(Block(block.kind, line)) is not None and groups[-1]:
            groups.append([])
        groups[-1].append(line)
    if len(groups) == 1:
        return [block]
    return [Block(block.kind, "\n".join(lines).rstrip("\\ ")) for lines in groups]


def _bold_label(block: Block) -> tuple[str, str] | None:
    """The label and text of a paragraph such as "**Impact:** all users"."""
    if block.kind != "paragraph" or not block.text.lstrip().startswith(("**", "__")):
        return None
    return split_label(block.text)


def _plays(label: str, text: str) -> bool:
    """Whether a label stands for a section rather than for a date, a name or a number."""
    if not label or _is_value(label, text):
        return False
    return bool(role_of(label)) or not meaning_of(label)


def _piece(label: str, text: str) -> Piece:
    return Piece(label, role_of(label), Section(2, label, read_blocks(text.strip("\n"))))


def _longer(piece: Piece, block: Block) -> Piece:
    section = replace(piece.section, blocks=(*piece.section.blocks, block))
    return replace(piece, section=section)


def _is_value(label: str, text: str) -> bool:
    """A label whose value is a date, a name or a number rather than prose."""
    meaning = meaning_of(label)
    if meaning in TIMES and role_of(label):
        return read_stamp(text) is not None
    return bool(meaning) and "\n" not in text.strip()


def _as_item(label: str, text: str) -> str:
    lines = (f"**{plain(label)}**: {text.strip()}" if label else text.strip()).split("\n")
    return "\n".join(
        [f"- {lines[0]}", *(f"  {line}" if line.strip() else "" for line in lines[1:])]
    )
