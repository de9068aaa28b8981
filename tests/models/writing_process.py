"""A process that writes into a library until it is killed or done: python writing_process.py ...

Arguments: folder, name, count ("0": for ever), kind. Prints a line for each write that returned.
"""

import sys
from dataclasses import replace
from pathlib import Path

from models.commands import actions, attachments, post_mortems
from models.errors import StaleWriteError
from models.queries import post_mortems as queries
from models.store.library import Actor, Library, open_library
from tests.models.examples import action, document, leaf, with_actions


def create(library: Library, name: str, number: int) -> str:
    """A whole post-mortem: aggregate, action, root, link, attachment; then a save of it."""
    actor = Actor(name)
    file = attachments.keep(library, "note.txt", f"{name} {number}".encode() * 2000)
    made = document(f"{name} {number} " + "word " * 500, leaf("No alert"))
    made = replace(with_actions(made, action(f"{name} {number}")), attachments=(file,))
    saved = post_mortems.add(library, made, actor)
    actions.add(library, saved.id, action("Second"), actor, root="1")
    mortem = queries.by_id(library, saved.id).post_mortem
    post_mortems.save(library, replace(mortem, summary="saved"), 1, actor, coalesce=True)
    return saved.ref


def count_up(library: Library, name: str, _number: int) -> str:
    """Adds a tag and an action to the first post-mortem, read and written again until it holds."""
    actor = Actor(name)
    (first, *_) = queries.ids(library)
    while True:
        known = queries.by_id(library, first)
        tags = (*known.post_mortem.tags, f"{name}{len(known.post_mortem.tags)}")
        mortem = replace(known.post_mortem, tags=tags)
        try:
            post_mortems.save(library, mortem, known.version, actor)
        except StaleWriteError:
            continue
        return actions.add(library, first, action(name), actor).ref


KINDS = {"create": create, "count_up": count_up}


def main(folder: str, name: str, count: str, kind: str) -> None:
    """Writes ``count`` times."""
    library = open_library(Path(folder))
    number = 0
    while not int(count) or number < int(count):
        number += 1
        sys.stdout.write(KINDS[kind](library, name, number) + "\n")
        sys.stdout.flush()
    library.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
