"""What is said where the Library has nothing to show."""

from collections.abc import Callable, Sequence

from app.ui.library import filters
from app.ui.widgets.states import Notice
from app.ui.wording import count
from models import listing
from models.queries.catalogue import Row

Selection = dict[str, frozenset[str]]


def say_empty(notice: Notice) -> None:
    """There is no post-mortem at all."""
    notice.show_empty("books", "The library is empty", "Ctrl+N writes the first one.")


def say_no_match(
    notice: Notice, rows: Sequence[Row], selection: Selection, choose: Callable[[Selection], None]
) -> None:
    """The filters leave nothing: offer to drop the first of them, or all."""
    wanted = next(iter(selection))
    without = {key: values for key, values in selection.items() if key != wanted}
    number = len(listing.narrowed(rows, without))
    name = filters.TITLES[wanted].lower()
    notice.show_empty(
        "funnel",
        "No post-mortem matches",
        f"{count(number, 'match', 'match')} without the filter by {name}.",
        (f"Drop the {name}", lambda: choose(without)),
        ("Clear all", lambda: choose({})),
    )


def say_unreadable(notice: Notice, error: BaseException, retry: Callable[[], None]) -> None:
    """The library could not be read."""
    notice.show_error(
        "The library could not be read",
        str(error),
        f"{type(error).__name__}: {error}",
        ("Try again", retry),
    )
