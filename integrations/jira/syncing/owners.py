"""Who at the site an owner is: confirmed before, or found by an exact e-mail or name."""

from dataclasses import dataclass, field, replace

from integrations.jira.remote import NotAllowedError, NotVisibleError, RefusedError
from integrations.jira.syncing.asking import Site
from models.tracking.connections import Person
from models.tracking.translating import account_of


@dataclass(slots=True)
class Owners:
    """Looks each owner up once; whoever is found is kept with the connection."""

    site: Site
    strangers: set[str] = field(default_factory=set)

    def account(self, owner: str) -> str | None:
        """The account of an owner, "" for nobody; None where nobody or several could be meant."""
        known = account_of(owner, self.site.connection.people)
        if known is not None or owner in self.strangers:
            return known
        found = self._find(owner)
        if found is None:
            self.strangers.add(owner)
            self.site.note(
                f"{owner} is not matched with anybody at {self.site.connection.site}; "
                "their tickets are not assigned."
            )
            return None
        self.site.change_connection(lambda known: replace(known, people=(*known.people, found)))
        return found.account

    def _find(self, owner: str) -> Person | None:
        site = self.site
        try:
            found = site.ask(site.remote.accounts, site.connection.project, owner)
        except (RefusedError, NotAllowedError, NotVisibleError):
            return None
        wanted = owner.casefold()
        fits = [
            one
            for one in found
            if wanted in (one.name.casefold(), one.email.casefold(), one.account.casefold())
        ]
        return Person(owner, fits[0].account, fits[0].name) if len(fits) == 1 else None
