"""What an import found and what it will do, in a sentence."""

from collections.abc import Sequence

from app.ui.wording import count
from integrations.markdown.plan import Entry, Plan, Verdict

_FOUND = (
    (Verdict.NEW, "new", "new"),
    (Verdict.CHANGED, "changed", "changed"),
    (Verdict.CONFLICT, "conflict", "conflicts"),
    (Verdict.DUPLICATE, "already here", "already here"),
    (Verdict.SKIPPED, "skipped", "skipped"),
    (Verdict.FAILED, "cannot be read", "cannot be read"),
)


def summary(plan: Plan) -> str:
    """What a plan found: "84 new, 2 conflicts, 3 skipped"."""
    found = ((len(plan.of(verdict)), one, many) for verdict, one, many in _FOUND)
    return ", ".join(count(number, one, many) for number, one, many in found if number)


def choice(plan: Plan, taken: Sequence[Entry]) -> str:
    """What becomes of the conflicts, else of what is taken."""
    conflicts = plan.of(Verdict.CONFLICT)
    decided = sum(entry.verdict is Verdict.CONFLICT for entry in taken)
    if decided:
        what = count(decided, "conflict")
        return f"In {what} the file is joined with what is here; no word of either is lost."
    if conflicts:
        one = len(conflicts) == 1
        left = (
            "1 conflict is left as it is"
            if one
            else f"{len(conflicts):,} conflicts are left as they are"
        )
        ours = any(entry.can_update for entry in conflicts)
        return f"{left} here.{' Space joins the file with it.' if ours else ''}"
    if taken:
        return "They come in as Closed and historical. Their files stay untouched."
    return ""


def outlook(entry: Entry) -> str:
    """What importing an entry does."""
    match entry.verdict:
        case Verdict.NEW:
            return "It comes in as a new post-mortem, Closed and historical."
        case Verdict.CHANGED:
            return f"{entry.ref} was not edited here since; it takes what changed in the file."
        case Verdict.CONFLICT if entry.can_update:
            return (
                f"Take it, and it is joined with {entry.ref}. Of words that both changed the file's"
                " stand; those from here become a comment."
            )
        case Verdict.CONFLICT:
            return "It cannot be taken as it is."
        case Verdict.DUPLICATE:
            return "There is nothing to import."
        case _:
            return "It is left out."
