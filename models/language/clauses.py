"""A rewrite in the place of one clause: what else a sentence says, and its figures, stay."""

import re

Span = tuple[int, int]

_JOINTS = re.compile(
    r"(?P<stop>;\s+|\s+[–—-]\s+|:\s+(?=\w))"
    r"|(?P<comma>,\s+)(?:and\s+)?(?=(?:so|which|but|because|while|although|though|since|until|yet"
    r"|whereas|when|after|before|where|as|leaving|causing|making|resulting)\b)"
    r"|(?P<also>,\s+)(?=(?:and|or)\s+(?:[\w%.-]+[ \t]+){2,}\w)"
    r"|(?P<bare>\s+)(?=(?:because|although|though|whereas)\b)",
    re.IGNORECASE,
)
"""Where one clause ends and another begins; the joining word belongs to the second."""
_JOINING = re.compile(
    r"(?:(?:and\s+)?(?:so|but|because|while|although|though|since|until|yet|whereas|when|after"
    r"|before|where|as)\b|and\b|or\b)\s+(?:that\s+)?",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(r"(?:[^\s,]+\s+){3,}[^\s,]+,\s+")
"""A beginning that says enough to stand by itself: "After the second deploy, "."""
_FACT = re.compile(
    r"(`+)[^`]+\1"
    r"|\[[^\[\]\n]*\]\([^()\s]*\)|(?:https?://|www\.)[^\s<>)\]]*[^\s<>)\].,;:!?]"
    r"|(?<![\w{])\d\d?:\d\d(?!\d)"
    r"|(?<![\w{:])[$€£]?\d(?:[\w.,:/-]*\w)?(?:\s?%|\s+(?!(?:of|the|and|or|in|at|on|to|was|were|is|that"
    r"|for|by|as|before|after|when|while|because|so|but)\b)[a-z]{2,})?"
)
"""Code, links, and numbers with what they count."""
_AT_TIME = "At {time} "


def clause_around(text: str, words: Span, body: Span) -> Span:
    """The clause of a sentence, within ``body``, that has these words."""
    start, end = body
    lead_in = _LEAD_IN.match(text, start, words[0])
    if lead_in is not None:
        start = lead_in.end()
    for joint in _JOINTS.finditer(text, body[0], body[1]):
        if joint.end() <= words[0]:
            joining = _JOINING.match(text, joint.end(), words[0])
            start = max(start, joining.end() if joining else joint.end())
        elif joint.start() >= words[1]:
            return start, joint.start()
    return start, end


def fitted(suggestion: str, written: str, clause: Span, body: Span) -> str:
    """The suggestion as it stands in the place of a clause of ``written``.

    Beside other clauses it neither begins nor ends a sentence. Figures, code and links of the
    clause that it does not say stand in brackets behind it.
    """
    before = written[body[0] : clause[0]]
    said = suggestion
    if before:
        if re.search(r"\d:\d\d", before):
            said = said.removeprefix(_AT_TIME)
        said = said if said[:2].isupper() else said[:1].lower() + said[1:]
    first, rest = _first_sentence(said)
    mark = first[len(first.rstrip(".?!")) :]
    facts = [fact for fact in _facts(written[slice(*clause)]) if fact not in suggestion]
    beside = f" ({', '.join(facts)})" if facts else ""
    if clause[1] < body[1]:
        return f"{first.rstrip('.?!')}{beside}"
    return f"{first.rstrip('.?!')}{beside}{mark}{rest}"


def _first_sentence(text: str) -> tuple[str, str]:
    end = re.search(r"[.?!](?=\s|$)", text)
    return (text, "") if end is None else (text[: end.end()], text[end.end() :])


def _facts(text: str) -> list[str]:
    return list(dict.fromkeys(" ".join(found[0].split()) for found in _FACT.finditer(text)))
