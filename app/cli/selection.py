"""Several post-mortems named at once: an unknown name is told and stops no other."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.cli import output
from app.cli.output import Exit
from app.cli.session import Session
from models.errors import KnownError, NotFoundError
from models.queries import post_mortems
from models.store.library import Library


@dataclass(frozen=True, slots=True)
class Selection:
    """The ids of what was named, and why others are not among them."""

    ids: tuple[str, ...]
    failed: dict[str, KnownError]

    @property
    def code(self) -> Exit:
        """Whether none failed."""
        return Exit.IN_PART if self.failed else Exit.DONE

    def tell(self, session: Session, done: dict[str, list[str]], text: str) -> None:
        """Answers with what was ``done`` and what failed."""
        for error in self.failed.values():
            output.note(error.sentence())
        failed = [{"ref": ref, "reason": e.sentence()} for ref, e in self.failed.items()]
        session.answer({**done, "failed": failed}, text)


def select(library: Library, names: Iterable[str], *, deleted: bool = False) -> Selection:
    """Looks up refs, aliases or ids; with ``deleted`` in the trash. Raises ``NotFoundError`` if
    there is none of them.
    """
    ids: dict[str, None] = {}
    failed: dict[str, KnownError] = {}
    for name in names:
        try:
            ids[post_mortems.resolve(library, name, deleted=deleted)] = None
        except NotFoundError as error:
            failed[name] = error
    if failed and not ids:
        raise next(iter(failed.values()))
    return Selection(tuple(ids), failed)
