"""What a text may hold that should not leave a team: tokens, passwords, addresses, card numbers.

The patterns are data (``resources/secrets``). Few false alarms count for more than finding all: a
warning that is often wrong is not read.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import resources

_CARD_LENGTHS = {"4": (13, 16, 19), "5": (16,), "2": (16,), "3": (15, 16), "6": (16, 19)}
"""Digits of a card by its first digit (ISO/IEC 7812 and the issuers' own ranges)."""


@dataclass(frozen=True, slots=True)
class Secret:
    """Something to be masked: from ``start`` to ``end``; ``name`` says what it is to people."""

    start: int
    end: int
    kind: str
    name: str


@dataclass(frozen=True)
class _Pattern:
    id: str
    name: str
    expression: re.Pattern[str]
    check: Callable[[str], bool]


def find(text: str) -> tuple[Secret, ...]:
    """The secrets of a text, in order; where two overlap, the one whose pattern comes first."""
    found: list[Secret] = []
    taken = bytearray(len(text))
    for pattern in _patterns():
        group = "secret" if "secret" in pattern.expression.groupindex else 0
        for match in pattern.expression.finditer(text):
            start, end = match.span(group)
            if any(taken[start:end]) or not pattern.check(match[group]):
                continue
            taken[start:end] = b"\1" * (end - start)
            found.append(Secret(start, end, pattern.id, pattern.name))
    return tuple(sorted(found, key=lambda secret: secret.start))


def masked(text: str, secrets: Iterable[Secret]) -> str:
    """The text with words in the place of each secret: "[password removed]"."""
    pieces, done = [], 0
    for secret in sorted(secrets, key=lambda secret: secret.start):
        pieces += [text[done : secret.start], f"[{secret.name} removed]"]
        done = secret.end
    return "".join((*pieces, text[done:]))


def hidden(text: str) -> str:
    """The text with every secret in it masked."""
    return masked(text, find(text))


def told(secrets: Sequence[Secret]) -> str:
    """What there is, in words, without saying it: "2 passwords and 1 card number"; "" for none."""
    counts: dict[str, int] = {}
    for secret in secrets:
        counts[secret.name] = counts.get(secret.name, 0) + 1
    words = [f"{n} {name}{_plural(name) if n > 1 else ''}" for name, n in counts.items()]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def notices(text: str) -> tuple[str, ...]:
    """A sentence on what a text that comes in holds; it is taken in as it is."""
    found = told(find(text))
    return (f"It holds {found}: mask what should not be here.",) if found else ()


def _plural(name: str) -> str:
    return "es" if name.endswith("s") else "s"


@cache
def _patterns() -> tuple[_Pattern, ...]:
    data = tomllib.loads(resources.read_text("secrets", "patterns.toml"))
    harmless = re.compile("|".join(f"(?:{known})" for known in _flagless(data["harmless"])), re.I)

    def is_real(said: str) -> bool:
        return harmless.fullmatch(said) is None

    checks: dict[str, Callable[[str], bool]] = {
        "": lambda _said: True,
        "harmless": is_real,
        "mixed": lambda said: is_real(said) and _is_mixed(said),
        "card": _is_card,
    }
    return tuple(
        _Pattern(p["id"], p["name"], re.compile(p["pattern"]), checks[p.get("check", "")])
        for p in data["patterns"]
    )


def _flagless(patterns: Iterable[str]) -> Iterable[str]:
    return (pattern.removeprefix("(?i)") for pattern in patterns)


def _is_mixed(said: str) -> bool:
    """Whether it reads as made up by a machine or for one: no word, no number, no path."""
    plain = said.rstrip(".,;:!?")
    kinds = (
        any(c.islower() for c in plain),
        any(c.isupper() for c in plain[1:]),
        any(c.isdigit() for c in plain),
        any(not c.isalnum() and c not in "-_./:" for c in plain),
    )
    is_word = plain.replace("-", "").replace("_", "").replace(".", "").isalpha()
    return len(plain) >= 6 and sum(kinds) >= 2 and not (is_word and not kinds[1])


def _is_card(said: str) -> bool:
    digits = re.sub(r"\D", "", said)
    if len(digits) not in _CARD_LENGTHS[digits[0]] or len(set(digits)) < 2:
        return False
    separators = set(re.sub(r"\d", "", said))
    if len(separators) > 1 or (separators and not re.fullmatch(r"\d{4}(?:\D\d{3,6}){2,4}", said)):
        return False
    return _luhn(digits)


def _luhn(digits: str) -> bool:
    """The check digit of ISO/IEC 7812: every second digit from the right counts twice."""
    twice = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(twice)) % 10 == 0
