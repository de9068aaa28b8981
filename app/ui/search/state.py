"""What is searched for: typed words and chosen facet values, as one query of the language."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from search.results import Order

Selection = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class SearchState:
    """Typed text, facet choices (values of one facet mean any of them), and what comes first."""

    text: str = ""
    selection: Selection = field(default_factory=dict)
    order: Order = Order.BEST

    @property
    def is_empty(self) -> bool:
        """Nothing is asked for."""
        return not self.text.strip() and not self.selection

    def query(self, *, but: str = "") -> str:
        """The query; ``but`` leaves one facet's choices out. What is being typed stands last."""
        terms = [
            _term(key, value)
            for key, values in self.selection.items()
            if key != but
            for value in sorted(values)
        ]
        return " ".join([*terms, self.text.strip()]).strip()

    def less(self, key: str) -> "SearchState":
        """The same without a facet's choices."""
        return self.with_selection({k: v for k, v in self.selection.items() if k != key})

    def with_text(self, text: str) -> "SearchState":
        """The same choices for another text."""
        return replace(self, text=text)

    def with_selection(self, selection: Selection) -> "SearchState":
        """The same text with other choices."""
        return replace(self, selection=selection)

    def in_order(self, order: Order) -> "SearchState":
        """The same question with something else first."""
        return replace(self, order=order)


def _term(key: str, value: str) -> str:
    quoted = f'"{value}"' if any(c.isspace() for c in value) else value
    return f"{key}:{quoted}"
