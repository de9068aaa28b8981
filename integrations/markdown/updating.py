"""What a file makes of the post-mortem that was imported from it before.

A file is compared with what it said at the last import, so that only what was changed in it is a
change, and what was written here since can be joined with it.
"""

from dataclasses import dataclass, replace

from integrations.markdown.files_beside import with_files
from integrations.markdown.form_match import rejoined
from integrations.markdown.plan import Entry, read
from integrations.markdown.source import Format, Source, place_of, read_source
from models.commands.post_mortems import Origin
from models.differences import differences
from models.document import Document, new_id
from models.domain.attachment import Attachment
from models.queries import post_mortems as queries
from models.store.library import Library
from models.vocabulary import Vocabularies


@dataclass(frozen=True, slots=True)
class Update:
    """A file that was imported before and says something else now.

    ``here`` is the post-mortem as it is, ``said`` as the file says it now, with the ids that its
    records have here; ``base`` is what both came from, or ``here`` where nobody knows it.
    """

    here: Document
    base: Document
    said: Document
    origin: Origin
    in_part: bool


def read_update(
    library: Library, entry: Entry, terms: Vocabularies, *, copying: bool = False
) -> Update:
    """Read the file of an entry that has a post-mortem here; ``copying`` its files, too.

    Raises ``UnreadableSourceError`` or ``InvalidInputError`` where it cannot be read.
    """
    here = queries.by_id(library, entry.post_mortem_id)
    source = read_source(entry.path)
    # Ids are made from a name and the place in the file; under a new name none is taken for that
    # of a record which stood there before.
    reading = read(source, new_id(), terms)
    document = reading.document
    if copying:
        document = with_files(library, reading, entry.path, entry.root)
    told = _Told(source, document, here, library)
    bases = _bases(library, entry, told)
    base = min(bases, key=told.distance, default=here)
    said = told.over(base) if bases else told.instead_of_here()
    if not copying:
        said = replace(said, attachments=base.attachments)
    origin = Origin(entry.identity, source.digest, place_of(entry.path))
    return Update(here, base, said, origin, reading.in_part)


def _bases(library: Library, entry: Entry, told: "_Told") -> list[Document]:
    """What the file may have been made from: its last import, or the version it was exported as.

    A version that another library counted names something else here. Of the two, the one that is
    more like the file is its origin.
    """
    found: list[Document | None] = []
    known = queries.imported(library, entry.identity)
    if known is not None and known.id == entry.post_mortem_id:
        found.append(queries.last_file(library, known.id))
    version = told.document.version
    if told.is_export and 0 < version <= told.here.version:
        found.append(queries.of_version(library, entry.post_mortem_id, version))
    return [one for one in found if one is not None]


class _Told:
    """The document of a file, as a later state of another one."""

    def __init__(
        self, source: Source, document: Document, here: Document, library: Library
    ) -> None:
        self.document = document
        self.here = here
        self._now = library.now()
        self._is_json = source.format is Format.JSON
        self.is_export = self._is_json or "afterwhy" in source.front_matter

    def distance(self, base: Document) -> int:
        """How much the file changed of ``base``."""
        return len(differences(base, self.over(base)))

    def over(self, base: Document) -> Document:
        """The file as a later state of ``base``; what no such file says is as it was."""
        document = self.document
        if not self.is_export:
            document = _with_unsaid(document, base)
            document = replace(
                document,
                roots=base.roots,
                leaf_roots=base.leaf_roots,
                root_actions=base.root_actions,
            )
        document = replace(document, attachments=_same_files(document, base))
        return self._joined(document, base)

    def instead_of_here(self) -> Document:
        """The file in place of what is here, except what is decided here.

        That is its identity, status, history and reviews, and what happened to its actions.
        """
        here, document = self.here, _with_unsaid(self.document, self.here)
        known = {action.title: action for action in here.actions}
        actions = tuple(known.pop(one.title, one) for one in document.actions)
        files = _same_files(document, here)
        return self._joined(replace(document, actions=actions, attachments=files), here)

    def _joined(self, document: Document, base: Document) -> Document:
        """With the identity of ``base``, and the ids and refs of what was there before."""
        if self._is_json and _has_ids_of(document, base):
            mortem = replace(document.post_mortem, id=base.post_mortem.id)
            joined = replace(document, post_mortem=mortem, ref=base.ref, version=base.version)
        else:
            joined = rejoined(document, base, self._now)
        refs = {action.id: action.ref for action in base.actions}
        actions = (replace(one, ref=refs.get(one.id, one.ref)) for one in joined.actions)
        return replace(joined, actions=tuple(actions))


def _has_ids_of(document: Document, base: Document) -> bool:
    """Whether ids were written down, not made while reading."""
    own, others = ({one.id for one in d.post_mortem.incidents} for d in (document, base))
    return not own.isdisjoint(others)


def _with_unsaid(document: Document, base: Document) -> Document:
    """With what is decided in the library, and the actions that stand there under their ids."""
    old, new = base.post_mortem, document.post_mortem
    mortem = replace(
        new,
        id=old.id,
        status=old.status,
        status_history=old.status_history,
        historical=old.historical,
        reviews=old.reviews,
        comments=old.comments,
        review_due=old.review_due,
        review_meeting=old.review_meeting,
        aliases=tuple(dict.fromkeys((*old.aliases, *new.aliases))),
    )
    known = {action.title: action for action in base.actions}
    actions = tuple(
        one if (was := known.pop(one.title, None)) is None else replace(one, id=was.id, ref=was.ref)
        for one in document.actions
    )
    relations = base.relations or document.relations
    return replace(document, post_mortem=mortem, actions=actions, relations=relations)


def _same_files(document: Document, base: Document) -> tuple[Attachment, ...]:
    """The files of a document; those that ``base`` has are its."""
    known = {(file.name, file.sha256): file for file in base.attachments}
    return tuple(known.get((file.name, file.sha256), file) for file in document.attachments)
