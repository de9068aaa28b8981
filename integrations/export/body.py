"""The text of a post-mortem as HTML, section by section, with an anchor for every place.

``#summary``, ``#impact``, ``#timeline``, ``#timeline-ID`` (of an event), ``#whys-2.1``,
``#whys-detection:1``, ``#actions``, ``#actions-A-31`` and so on; several incidents are numbered
from the second (``#impact-2``). The markup is plain enough for Qt's text view.
"""

from collections.abc import Iterator, Mapping

from integrations.export.incidents import incident_html
from integrations.export.pieces import (
    cell,
    headed,
    listed,
    plain,
    quiet,
    row,
    table,
    web_link,
)
from integrations.export.place_names import place_names
from integrations.export.prose import Prose
from integrations.export.why_picture import why_svg
from integrations.export.wording import Words, instant_words, long_date, own_words, size_words
from integrations.markdown import render
from models.document import Document
from models.domain.action import DONE_STATES, ActionItem
from models.domain.root import Relation
from models.domain.whys import About, WhyNode, WhyTree, address
from models.guidance.gates import passings

ABOUT = {
    About.OCCURRENCE: "Why did it happen?",
    About.DETECTION: "Why did we not see it sooner?",
    About.RESPONSE: "Why did it take so long to stop?",
}


def body_html(
    document: Document,
    files: Mapping[str, str] = render.NO_FILES,
    words: Words | None = None,
    *,
    link_refs: bool = False,
    draw_whys: bool = False,
    hints: bool = True,
    room: int | None = None,
) -> str:
    """The sections that say something. ``files`` is as for ``render.block``.

    ``draw_whys`` adds a picture (SVG) of each why tree, for a reader that can show it, with
    ``hints`` of what an author has yet to write.

    ``link_refs`` makes links (``pm:PM-2026-014``) of related post-mortems, for a reader that can
    follow them. ``room`` is as for ``Prose``: letters that the page has for texts.
    """
    pictures = {
        why_anchor(tree): why_svg(tree, document, hints=hints)
        for tree in document.post_mortem.whys
        if draw_whys
    }
    prose = Prose(document.attachments, files, room)
    body = _Body(document, prose, words or own_words(), pictures, link_refs=link_refs)
    return "\n".join(body.sections())


def why_anchor(tree: WhyTree) -> str:
    """Where the section of a why tree stands."""
    return "whys" if tree.about is About.OCCURRENCE else f"whys-{tree.about}"


class _Body:
    def __init__(
        self,
        document: Document,
        prose: Prose,
        words: Words,
        pictures: Mapping[str, str],
        *,
        link_refs: bool,
    ) -> None:
        self._document = document
        self._prose = prose
        self._words = words
        self._link_refs = link_refs
        self._pictures = pictures

    def sections(self) -> Iterator[str]:
        """Every section with something in it."""
        mortem, prose = self._document.post_mortem, self._prose
        lessons = mortem.lessons
        yield from prose.section("summary", "Summary", mortem.summary)
        for number, incident in enumerate(mortem.incidents, 1):
            if len(mortem.incidents) > 1:
                title = plain(incident.title or f"Incident {number}")
                yield f'<h2 id="incident-{number}" class="incident">{title}</h2>'
            yield from incident_html(incident, number, prose, self._words)
        for tree in mortem.whys:
            yield from self._tree(tree)
        yield from prose.section("factors", "Contributing factors", mortem.contributing_factors)
        yield from prose.section("went-well", "What went well", lessons.went_well)
        yield from prose.section("went-wrong", "What went wrong", lessons.went_wrong)
        yield from prose.section("lucky", "Where we got lucky", lessons.lucky)
        yield from prose.section("lessons", "Lessons", lessons.text)
        yield from self._actions()
        for number, section in enumerate(mortem.sections, 1):
            yield from prose.section(f"section-{number}", section.heading, section.markdown)
        yield from self._remarks()
        yield from self._linked()

    def _tree(self, tree: WhyTree) -> Iterator[str]:
        anchor = why_anchor(tree)
        nodes = self._nodes(tree, tree.nodes, "")
        heading = f"5 Whys: {ABOUT[tree.about]}"
        picture = self._pictures.get(anchor, "")
        figure = f'<figure class="picture">{picture}</figure>' if picture else ""
        yield from headed(anchor, heading, figure + self._prose.block(tree.problem) + nodes)

    def _nodes(self, tree: WhyTree, nodes: tuple[WhyNode, ...], above: str) -> str:
        return "".join(
            self._node(tree, node, f"{above}{number}") for number, node in enumerate(nodes, 1)
        )

    def _node(self, tree: WhyTree, node: WhyNode, number: str) -> str:
        join = '<span class="and">AND</span> ' if node.joined else ""
        question = self._prose.inline(node.question)
        return (
            f'<div class="why" id="whys-{address(tree, number)}">'
            f"<div>{join}<strong>{number}</strong> {quiet(question) if question else ''}</div>"
            f"<div>{self._prose.inline(node.answer)}</div>"
            f"{self._prose.evidence(node.evidence)}{self._leaf(node)}"
            f"{self._nodes(tree, node.children, f'{number}.')}</div>"
        )

    def _leaf(self, node: WhyNode) -> str:
        root = self._document.root_of(node.id)
        if root is None and node.stop is None:
            return ""
        said = f"Root: {plain(root.title)}" if root else "Root"
        if node.stop is not None:
            said += f", {plain(node.stop.reason)}{self._prose.inline(node.stop.text, ': ')}"
            accepted = node.stop.accepted_by
            said += f" (accepted by {plain(accepted)})" if accepted else ""
        refs = [a.ref for a in self._document.actions_of(root.id) if a.ref] if root else []
        links = ", ".join(f'<a href="#actions-{plain(ref)}">{plain(ref)}</a>' for ref in refs)
        return f'<div class="done">{said}{f" → {links}" if links else ""}</div>'

    def _actions(self) -> Iterator[str]:
        actions = self._document.actions
        still_open = sum(action.is_open for action in actions)
        heading = f"Actions, {still_open} of {len(actions)} open"
        owned = any(action.owner or action.team for action in actions)
        rows = (self._action(action, owned=owned) for action in actions)
        headings = ("", "Action", *(("Owner",) if owned else ()), "State")
        yield from headed("actions", heading, table(rows, headings))

    def _action(self, action: ActionItem, *, owned: bool) -> str:
        look = "open" if action.is_open else "done" if action.state in DONE_STATES else "quiet"
        state = plain(self._words.name("action_states", action.state))
        due = f"due {long_date(action.due)}" if action.due and action.is_open else ""
        owner = " / ".join(filter(None, (action.team, action.owner)))
        notes = (
            self._prose.inline(action.text),
            self._prose.inline(action.done_when, "Done when: "),
            self._prose.inline(action.reason, "Reason: "),
            ", ".join(map(web_link, action.links)),
        )
        detail = "".join(f'<div class="quiet">{note}</div>' for note in notes if note)
        return row(
            cell(plain(action.ref), "time", anchor=f"actions-{plain(action.ref)}"),
            cell(self._prose.inline(action.title) + detail),
            *((cell(plain(owner), "quiet"),) if owned else ()),
            cell(f'<div class="{look}">{state}</div><div>{due}</div>', "kind"),
        )

    def _remarks(self) -> Iterator[str]:
        mortem, prose = self._document.post_mortem, self._prose
        reviews = (
            f"<li><strong>{plain(r.role)}</strong> {plain(r.decision)} "
            f"{quiet(instant_words(r.decided_at))}<div>{prose.inline(r.text)}</div></li>"
            for r in mortem.reviews
        )
        places = place_names(self._document)
        comments = []
        for c in mortem.comments:
            facts = (places.get(c.anchor, ""), c.role, instant_words(c.at))
            said = plain(", ".join(filter(None, facts))) + (" (resolved)" if c.resolved else "")
            comments.append(f"<li>{quiet(said)}<div>{prose.inline(c.text)}</div></li>")
        yield from headed("reviews", "Reviews", listed(reviews))
        yield from headed("comments", "Comments", listed(comments))
        yield from headed("reasons", "Went on with a reason", listed(self._reasons()))

    def _reasons(self) -> Iterator[str]:
        """Gates that were passed although something was missing."""
        for passing in passings(self._document):
            change = passing.change
            facts = ", ".join(filter(None, (change.by or change.role, instant_words(change.at))))
            if change.reason:
                said = f"<strong>{plain(passing.what)}</strong> {quiet(facts)}"
                yield f"<li>{said}<div>{plain(change.reason)}</div></li>"

    def _linked(self) -> Iterator[str]:
        related = listed(map(self._relation, self._document.relations))
        yield from headed("relations", "Related post-mortems", related)
        files = (
            f'<li id="attachment-{number}">{plain(a.name)} {quiet(size_words(a.size))}</li>'
            for number, a in enumerate(self._document.attachments, 1)
        )
        yield from headed("attachments", "Attachments", listed(files))
        if aliases := self._document.post_mortem.aliases:
            yield f'<p class="quiet">Also known as: {plain(", ".join(aliases))}</p>'

    def _relation(self, relation: Relation) -> str:
        ref = plain(relation.ref)
        named = f'<a href="pm:{ref}">{ref}</a>' if self._link_refs else f"<strong>{ref}</strong>"
        note = self._prose.inline(relation.note, ": ")
        return f"<li>{plain(relation.kind.capitalize())} {named} {plain(relation.title)}{note}</li>"
