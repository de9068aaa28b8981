"""Who at a site the owners of action items may be; a person confirms it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from integrations.jira.remote import Account, Remote
from models.tracking.connections import Connection, Person
from models.tracking.translating import account_of


@dataclass(frozen=True, slots=True)
class Match:
    """An owner and who they may be. ``account`` is who was confirmed before, else the only one
    whose name, e-mail or account is the owner's; "" for nobody."""

    owner: str
    found: tuple[Account, ...]
    account: str = ""


def match(
    remote: Remote,
    draft: Connection,
    owners: Iterable[str],
    *,
    step: Callable[[], None] = lambda: None,
) -> tuple[Match, ...]:
    """Looks for each owner by name or e-mail: one request each.

    ``step`` is called before each and may raise to stop it.
    """
    matches = []
    for owner in dict.fromkeys(name.strip() for name in owners if name.strip()):
        step()
        found = remote.accounts(draft.project, owner)
        exact = [one.account for one in found if _is_called(one, owner)]
        only = exact[0] if len(exact) == 1 else ""
        confirmed = account_of(owner, draft.people)
        matches.append(Match(owner, found, only if confirmed is None else confirmed))
    return tuple(matches)


def _is_called(one: Account, owner: str) -> bool:
    return owner.casefold() in (one.name.casefold(), one.email.casefold(), one.account.casefold())


def confirmed(draft: Connection, matches: Iterable[Match], chosen: Mapping[str, str]) -> Connection:
    """The draft with who was confirmed: accounts by owner, "" for nobody.

    Nobody is remembered where somebody was proposed: else a sync would take who fits exactly.
    """
    found = {one.owner: one.found for one in matches}
    names = {one.account: one.name for several in found.values() for one in several}
    kept = [person for person in draft.people if person.owner not in chosen]
    new = [
        Person(owner, account, names.get(account, ""))
        for owner, account in chosen.items()
        if account or found.get(owner)
    ]
    return replace(draft, people=(*kept, *new))
