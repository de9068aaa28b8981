"""Slack's marks as Markdown."""

import pytest

from integrations.markdown.render import block
from integrations.markdown.slack import readable


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<https://x.example/a|status>", "[status](https://x.example/a)"),
        ("<https://x.example/a>", "<https://x.example/a>"),
        ("<https://x.example/a|>", "<https://x.example/a>"),
        ("<https://x.example/a_(b)|the [x]>", r"[the \[x\]](<https://x.example/a_(b)>)"),
        ("<mailto:ops@x.example|ops@x.example>", "[ops@x.example](mailto:ops@x.example)"),
        ("<@U123>, <@U9|on-call>", "@U123, @on-call"),
        ("<#C1|ops> <#C2> <#C3|>", "#ops #C2 #C3"),
        ("<!here> <!channel|@channel>", "@here @channel"),
        ("<!subteam^S1|@payments>", "@payments"),
        ("<!date^1795096921^{date} at {time}|2 PM>", "2 PM"),
        (
            "`<https://x.example|a>` and ```\n<@U1>\n```",
            "`<https://x.example|a>` and ```\n<@U1>\n```",
        ),
        ("a < b, c|d > e <!-- no|no --> <b>x</b> List<Foo|Bar>", None),
    ],
)
def test_slack_marks_become_markdown(written: str, read: str | None) -> None:
    assert readable(written) == (written if read is None else read)


def test_the_link_leads_where_slack_said() -> None:
    page = block(readable("<https://x.example/a_(b)?c=1&amp;d=2|the [x]>"))
    assert 'href="https://x.example/a_(b)?c=1&amp;d=2"' in page
    assert ">the [x]</a>" in page
