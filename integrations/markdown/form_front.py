"""Writing the front matter of the Markdown form: what a document's sections do not say."""

from collections.abc import Iterable, Mapping

from integrations.markdown import form_tables as tables
from integrations.markdown.form_facts import Value, facts_text
from integrations.markdown.form_places import action_names
from integrations.markdown.form_roots import numbered_roots
from integrations.markdown.form_times import instant_text, moment_text
from models.document import Document
from models.domain.incident import Incident
from models.domain.root import LeafRoot, Root, RootAction


def front_matter(document: Document) -> str:
    """The front matter with its fences."""
    pm = document.post_mortem
    incidents = [_incident(incident) for incident in pm.incidents]
    history = [
        {"status": c.status.value, "at": instant_text(c.at), "by": c.by, "reason": c.reason}
        for c in pm.status_history
    ]
    facts: dict[str, Value] = {
        "afterwhy": int(tables.VERSION),
        "id": pm.id,
        "ref": document.ref,
        "version": document.version,
        "status": pm.status.value,
        "historical": pm.historical,
        **(incidents[0] if incidents else {}),
        "more_incidents": incidents[1:],
        "tags": pm.tags,
        "authors": pm.authors,
        "facilitator": pm.facilitator,
        "template": pm.template,
        "aliases": pm.aliases,
        "source_labels": pm.source_labels,
        "review_due": pm.review_due or "",
        "review_meeting": instant_text(pm.review_meeting) if pm.review_meeting else "",
        "status_history": [_said(change) for change in history],
        "roots": {name: _root(document, root) for name, root in numbered_roots(document).values()},
        "action_ids": {name: action_id for action_id, name in _named_actions(document).items()},
    }
    return facts_text(_said(facts))


def _incident(incident: Incident) -> dict[str, Value]:
    moments = {name: getattr(incident.times, name) for name in tables.TIMES}
    history = [
        {"severity": c.severity, "at": instant_text(c.at), "by": c.by_role, "reason": c.reason}
        for c in incident.severity_history
    ]
    states = [
        {"state": c.state.value, "at": instant_text(c.at), "by": c.by_role, "reason": c.reason}
        for c in incident.state_history
    ]
    return _said(
        {
            "incident": incident.title,
            "state": incident.state.value,
            "state_history": [_said(change) for change in states],
            "severity": incident.severity,
            "services": incident.services,
            "layers": incident.layers,
            "trigger": incident.trigger.kind,
            "detection": incident.detection.source,
            "times": {name: moment_text(moment) for name, moment in moments.items() if moment},
            "severity_history": [_said(change) for change in history],
        }
    )


def _root(document: Document, root: Root) -> dict[str, Value]:
    """A root with the dates since when leaves reach it and actions address it."""
    reached = (link for link in document.leaf_roots if link.root_id == root.id)
    addressed = (link for link in document.root_actions if link.root_id == root.id)
    return _said(
        {
            "id": root.id,
            "category": root.category,
            "reached": _dates(reached, document.node_addresses()),
            "addressed": _dates(addressed, _named_actions(document)),
        }
    )


def _dates(links: Iterable[LeafRoot | RootAction], names: Mapping[str, str]) -> dict[str, Value]:
    """Name of the other end -> since when; for the links there are now."""
    current = (link for link in links if link.until is None)
    ends = (
        (link.node_id if isinstance(link, LeafRoot) else link.action_id, link) for link in current
    )
    return {names[end]: instant_text(link.since) for end, link in ends if end in names}


def _named_actions(document: Document) -> dict[str, str]:
    """Id -> ref of the actions that can be told apart by it."""
    names = action_names([action.ref for action in document.actions])
    pairs = zip(document.actions, names, strict=True)
    return {action.id: name for action, name in pairs if not name.startswith("#")}


def _said(facts: Mapping[str, Value]) -> dict[str, Value]:
    """The facts that are not empty."""
    return {name: value for name, value in facts.items() if value}
