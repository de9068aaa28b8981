"""Slack's own marks for links and mentions, which its exports and plain copies hold."""

import re

_MARK = re.compile(
    r"(?P<code>(?<!`)(`+)(?!`).*?(?<!`)\2(?!`))"
    r"|<(?P<link>(?:https?|mailto):[^<>|\s]+)\|(?P<words>[^<>\n]*)>"
    r"|<(?P<sort>[@#])(?P<id>\w+)(?:\|(?P<name>[^<>\n]*))?>"
    r"|<!(?:(?P<all>here|channel|everyone)(?:\|[^<>\n]*)?"
    r"|(?:date|subteam)\^[^<>|\n]*\|(?P<said>[^<>\n]+))>",
    re.DOTALL,
)


def readable(text: str) -> str:
    """Markdown with links as its own and mentions as people read them; code stays as it is.

    ``<https://x.example|words>`` becomes a link with these words, ``<#C1|ops>`` ``#ops``,
    ``<!here>`` ``@here``. Whom ``<@U1>`` means is known to Slack alone: it becomes ``@U1``.
    """
    return _MARK.sub(_markdown, text)


def _markdown(mark: re.Match[str]) -> str:
    if mark["code"]:
        return mark[0]
    if address := mark["link"]:
        words = re.sub(r"(?=[\[\]\\])", r"\\", mark["words"].strip())
        target = f"<{address}>" if re.search(r"[()]", address) else address
        return f"[{words}]({target})" if words else f"<{address}>"
    if mark["sort"]:
        return f"{mark['sort']}{(mark['name'] or mark['id']).lstrip('@#')}"
    return f"@{mark['all']}" if mark["all"] else mark["said"]
