"""Checking a text: what was found, where, and a rewrite that leaves the facts to its author."""

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from models.language import patterns, prose
from models.language.actions import check_words
from models.language.clauses import clause_around, fitted
from models.language.prose import NAME, ROLE, Block
from models.language.rules import ACTION, PROSE, SENTENCE, Compiled, Rule, Rules

BLANK = "blank"
"""The rule about blanks of a rewrite; what it finds is its own suggestion."""
_TIME = re.compile(r"(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])")
_BLANK = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Finding:
    """Words of a text that a rule is about.

    ``start`` and ``length`` are in characters of the text. ``suggestion`` has a blank in braces
    for each fact that only the author knows; it takes the place of what ``replaces`` (start and
    length) says: the clause of the sentence, or the words alone.
    """

    start: int
    length: int
    text: str
    rule: str
    why: str
    suggestion: str
    replaces: tuple[int, int]
    sentence: tuple[int, int]

    def moved(self, by: int) -> "Finding":
        """The same finding in a text that has ``by`` more characters before it."""
        (start, length), (first, size) = self.replaces, self.sentence
        return replace(
            self,
            start=self.start + by,
            replaces=(start + by, length),
            sentence=(first + by, size),
        )


def check(
    text: str,
    rules: Rules,
    *,
    kind: str = PROSE,
    known: Mapping[str, str] | None = None,
    names: AbstractSet[str] = frozenset(),
) -> tuple[Finding, ...]:
    """What the rules find in a Markdown text, in its order. Never raises, linear in its length.

    ``kind`` is "prose", or "action" for the words of one action item. ``known`` fills blanks
    ("time") that the sentence does not, ``names`` are further persons' names in lower case.
    """
    if kind == ACTION:
        return check_block(Block(0, text), rules, kind=kind, known=known, names=names)
    found: list[Finding] = []
    for block in prose.blocks(text):
        found += check_block(block, rules, known=known, names=names)
    return tuple(found)


def check_block(
    block: Block,
    rules: Rules,
    *,
    kind: str = PROSE,
    known: Mapping[str, str] | None = None,
    names: AbstractSet[str] = frozenset(),
) -> tuple[Finding, ...]:
    """What the rules find in one piece of prose; nothing outside of it matters.

    An editor checks at each key the piece that changed, and moves the findings behind it.
    """
    words = patterns.words_of(block.text)
    if words.isdisjoint(rules.by_anchor) and kind == PROSE and "{" not in block.text:
        return ()
    people = replace(rules.people, names=rules.people.names | names) if names else rules.people
    masked = prose.masked(block.text, people)
    time = _TIME.search(masked)
    facts = ({"time": time[0]} if time else {}) | dict(known or {})
    found: list[Finding] = []
    for start, end in prose.sentences(masked):
        sentence = _Sentence(block, masked[start:end], start, facts)
        found += sentence.findings(rules, kind)
        found += sentence.open_blank(rules)
    if kind == ACTION:
        whole = _Sentence(block, masked, 0, facts)
        found += [whole.finding(rule, span, {}) for rule, span in check_words(masked, rules)]
    return tuple(sorted(found, key=lambda finding: (finding.start, -finding.length)))


def rewritten(text: str, finding: Finding) -> str:
    """The text with the finding's suggestion in its place; the rest stays as it is."""
    start, length = finding.replaces
    return text[:start] + finding.suggestion + text[start + length :]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A masked sentence and where in its block it begins."""

    block: Block
    text: str
    start: int
    known: Mapping[str, str]

    def findings(self, rules: Rules, kind: str) -> Iterator[Finding]:
        """The findings of a sentence; where two overlap, that of the earlier rule stays."""
        words = patterns.words_of(self.text)
        if not words.isdisjoint(rules.lists["about_language"]):
            return
        wanted: dict[Compiled, dict[patterns.Pattern, None]] = {}
        for word in words & rules.by_anchor.keys():
            for each, pattern in rules.by_anchor[word]:
                if kind in each.rule.about and pattern.may_stand_in(words):
                    wanted.setdefault(each, {})[pattern] = None
        taken = bytearray(len(self.text))
        for each in sorted(wanted, key=lambda each: rules.order[each.rule.id]):
            matches = [m for p in wanted[each] for m in p.find(self.text, self._acts)]
            excepted = self._covered(each.exceptions) if matches else b""
            for match in sorted(matches, key=patterns.span):
                start, end = patterns.span(match)
                if any(excepted[match.start() : match.end()]) or any(taken[start:end]):
                    continue
                taken[start:end] = b"\1" * (end - start)
                yield self.finding(each.rule, (start, end), self._facts(match))

    def open_blank(self, rules: Rules) -> Iterator[Finding]:
        """The first blank of a rewrite that is not filled in yet: the others come after it."""
        rule, blank = rules.of(BLANK), None
        if rule is not None and "{" in self.text:
            blank = rules.blanks.search(self.text)
        if rule is not None and blank is not None:
            yield replace(self.finding(rule, blank.span(), {}), suggestion=blank[0])

    def _covered(self, exceptions: Iterable[patterns.Pattern]) -> bytearray:
        """1 for each character that an exception finds, else 0."""
        covered = bytearray(len(self.text))
        for pattern in exceptions:
            for found in pattern.expression.finditer(self.text):
                covered[found.start() : found.end()] = b"\1" * (found.end() - found.start())
        return covered

    def finding(self, rule: Rule, span: tuple[int, int], facts: Mapping[str, str]) -> Finding:
        """A finding at ``span`` of this sentence, its rewrite filled with what is known."""
        start, end = _trimmed(self.text, *span)
        base = self.block.start + self.start
        shift = self.start
        body = _body(self.text)
        first, last = _replaced(rule.replaces, self.text, (start, end), body)
        known = {**self.known, **facts}
        if rule.replaces == SENTENCE:
            if _TIME.search(self.text):  # that of another clause is of something else
                time = _TIME.search(self.text, first, last)
                known["time"] = time[0] if time else ""
            written = self.block.text[shift : shift + len(self.text)]
            suggestion = fitted(_filled(rule.suggestion, known), written, (first, last), body)
        else:
            suggestion = _filled(rule.suggestion, known)
        return Finding(
            start=base + start,
            length=end - start,
            text=self.block.text[shift + start : shift + end],
            rule=rule.id,
            why=rule.why,
            suggestion=suggestion,
            replaces=(base + first, last - first),
            sentence=(base + body[0], body[1] - body[0]),
        )

    def _acts(self, match: re.Match[str]) -> bool:
        """Whether who seems to act is not only mentioned: "the fix by the team failed to apply"."""
        who = (match["who"] if "who" in match.re.groupindex else "") or ""
        if not who.startswith((ROLE, NAME)) or who.endswith(("who", "that")):
            return True
        start = match.start("who")
        before = self.text[max(0, start - _BEFORE) : start]
        return _GOVERNED.search(before) is None or _PART.search(before) is not None

    def _facts(self, match: re.Match[str]) -> dict[str, str]:
        """What the sentence says of the blanks: a time, and who is spoken of."""
        facts: dict[str, str] = {}
        if time := _TIME.search(self.text):
            facts["time"] = time[0]
        who = match["who"] if "who" in match.re.groupindex else ""
        if who and not who.startswith(NAME):
            start, end = (self.start + place for place in match.span("who"))
            article = "the " if who.startswith(ROLE) else ""
            facts["who"] = article + _subject(self.block.text[start:end])
        return facts


_TAIL = re.compile(r"['’](?:ve|d|m|re|s)$|,?\s+(?:who|that)$")
_BEFORE = 60
"""Characters before a subject that say what part it plays."""
_GOVERNED = re.compile(
    r"\b(?:by|from|to|for|with|than|of|via|against)\s+"
    r"(?:(?:the|a|an|our|their|its|this|that|these|those|each|every|any|all|my|your)\s+)?"
    r"(?:(?!(?:because|when|and|but|that|which|who|while|as|if|so|since|where)\b)"
    r"[\w-]+\s+){0,2}\Z",
    re.IGNORECASE,
)
_PART = re.compile(
    rf"(?:{ROLE}|\b(?:one|two|three|some|many|most|all|none|few|several|members?|part|both|any))"
    r"\s+of\s+(?:[\w-]+\s+){0,3}\Z",
    re.IGNORECASE,
)


def _replaced(
    how: str, text: str, words: tuple[int, int], body: tuple[int, int]
) -> tuple[int, int]:
    """The span whose place a rewrite takes; what goes behind a sentence stands before its stop.

    Of a sentence that is the clause with the words: what else it says stays.
    """
    start, end = body
    end_of_words = len(text[:end].rstrip(".!? "))
    spans = {"words": words, "before": (start, start), "after": (end_of_words, end_of_words)}
    return spans[how] if how in spans else clause_around(text, words, body)


def _subject(words: str) -> str:
    """Who is spoken of, as it stands inside a sentence: without "'ve" or "who"."""
    bare = _TAIL.sub("", words)
    return bare if bare == "I" or bare[1:2].isupper() else bare[:1].lower() + bare[1:]


def _filled(suggestion: str, facts: Mapping[str, str]) -> str:
    return _BLANK.sub(lambda blank: facts.get(blank[1]) or blank[0], suggestion)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _body(text: str) -> tuple[int, int]:
    """A sentence without the white space and the cell borders around it."""
    start, end = 0, len(text)
    while end > start and (text[end - 1].isspace() or text[end - 1] == "|"):
        end -= 1
    while start < end and (text[start].isspace() or text[start] == "|"):
        start += 1
    return start, end
