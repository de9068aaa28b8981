"""The small parts of a page: text, lists, tables, times."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape

from models.domain.moments import Moment, Precision


def plain(text: str) -> str:
    """A text without markup."""
    return escape(text)


def headed(anchor: str, heading: str, html: str) -> Iterator[str]:
    """A section with its heading, where there is something in it."""
    if html:
        yield f'<h2 id="{anchor}">{plain(heading)}</h2>\n{html}'


def listed(rows: Iterable[str]) -> str:
    """A list of ``li`` elements; "" without any."""
    items = "".join(rows)
    return f"<ul>{items}</ul>" if items else ""


def table(headings: tuple[str, ...], rows: Iterable[str]) -> str:
    """A table of ``tr`` elements; "" without any."""
    body = "\n".join(rows)
    head = "".join(f"<th>{heading}</th>" for heading in headings)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>" if body else ""


def when(moment: Moment | None) -> str:
    """A time as far as it can be trusted, in UTC."""
    if moment is None or moment.at is None:
        return "unknown"
    at = moment.at
    if moment.precision is Precision.MONTH:
        return f"{at.date().isoformat()[:7]}"
    if moment.precision is Precision.DAY:
        return at.date().isoformat()
    about = "" if moment.precision is Precision.EXACT else "about "
    return f"{about}{instant(at)}"


def instant(at: datetime | None, before: str = "") -> str:
    """An instant in UTC; "" for none."""
    if at is None:
        return ""
    clock = at.strftime("%H:%M:%S" if at.second else "%H:%M")
    return f"{before}{at.date().isoformat()} {clock} UTC"


def lasting(seconds: float) -> str:
    """A duration as people say it: "1 h 20 min"."""
    minutes = round(seconds / 60)
    days, rest = divmod(minutes, 24 * 60)
    parts = ((days, "d"), (rest // 60, "h"), (rest % 60, "min"))
    return " ".join(f"{n} {unit}" for n, unit in parts if n) or f"{round(seconds)} s"


def web_link(link: str) -> str:
    """A URL as a link; anything else (a tracker's key) as text."""
    if link.startswith(("https://", "http://")):
        return f'<a href="{plain(link)}" rel="noopener noreferrer">{plain(link)}</a>'
    return plain(link)


def size(count: int) -> str:
    """A size in bytes as people say it."""
    return f"{count} bytes" if count < 1024 else f"{count / 1024:,.0f} KB"
