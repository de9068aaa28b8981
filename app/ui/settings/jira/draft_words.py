"""How far a draft is, in words: pure."""

from typing import TYPE_CHECKING

from integrations.jira import offers, verdicts
from integrations.jira.verdicts import Line, Verdict
from models.errors import KnownError

if TYPE_CHECKING:
    from app.ui.settings.jira.steps import StepState
    from integrations.jira.offers import Offer
    from models.tracking.connections import Connection


def sentence(error: KnownError) -> str:
    """What happened and what to do."""
    return " ".join(part for part in (str(error), error.advice) if part)


def states(draft: "Connection | None", offer: "Offer | None") -> "tuple[StepState, ...]":
    """How the four steps stand: the first that is not done is the one to do now."""
    placed = bool(draft and offer and draft.project and draft.issue_type)
    filled = placed and bool(draft and offer and offer.fields and not offers.missing(draft, offer))
    done = (draft is not None, offer is not None, placed, filled)
    found: list[StepState] = ["done" if is_done else "next" for is_done in done]
    if "next" in found:
        found[found.index("next")] = "now"
    return tuple(found)


def foot(
    draft: "Connection | None", offer: "Offer | None", lines: tuple[Line, ...]
) -> tuple[str, bool]:
    """What there is to say before saving, and whether it can be saved."""
    if draft is None:
        return "Start with the address of your site.", False
    if not draft.project or not draft.issue_type:
        return ("Choose a project next." if offer else "Sign in next."), False
    return _advice(draft, offer, lines), True


def _advice(draft: "Connection", offer: "Offer | None", lines: tuple[Line, ...]) -> str:
    if offer is None:
        return "Not tested as it is now. You can save all the same."
    if missing := offers.missing(draft, offer):
        names = " and ".join(one.name for one in missing)
        return f"You can save now; {draft.project} actions wait for: {names}"
    if any(line.verdict is Verdict.FAILED for line in lines):
        return "You can save now; tickets cannot be made yet."
    if not verdicts.works(lines):
        return "You can save now; read the warnings beside."
    return "Nothing is sent before an action is marked as ready."
