"""The forms of English verbs, so that a list names each verb once, in its plain form."""

import re
from collections.abc import Iterable, Mapping

FORMS = ("s", "past", "done", "ing", "any")
"""misses, missed, (have) missed, missing, and all of them with the plain form."""
_PLAIN, _PAST, _DONE, _ING = range(4)
_DOUBLED = re.compile(r"(?:[^aeiou]|^)[aeiou][^aeiouwxy]$")
_VOWELS = re.compile(r"[aeiouy]+")

Irregular = Mapping[str, tuple[str, ...]]


def irregular(entries: Iterable[str]) -> Irregular:
    """Plain form -> "get", "got", "got/gotten" and, where it is no usual one, "getting"."""
    return {forms[_PLAIN]: forms for forms in (tuple(entry.split()) for entry in entries)}


def forms_of(verb: str, form: str, known: Irregular) -> tuple[str, ...]:
    """A verb in one of ``FORMS``; of "look at" the first word changes, of "double-check" the last
    part.
    """
    if form == "any":
        every = (verb, *(one for each in FORMS[:-1] for one in forms_of(verb, each, known)))
        return tuple(dict.fromkeys(every))
    first, space, rest = verb.partition(" ")
    before, dash, last = first.rpartition("-")
    return tuple(f"{before}{dash}{one}{space}{rest}" for one in _form(last, form, known).split("/"))


def _form(verb: str, form: str, known: Irregular) -> str:
    odd = known.get(verb, ())
    if form == "s":
        return _with_s(verb)
    if form == "ing":
        return odd[_ING] if len(odd) > _ING else f"{_stem(verb, 'ing')}ing"
    return odd[_PAST if form == "past" else _DONE] if odd else f"{_stem(verb, 'ed')}ed"


def _with_s(verb: str) -> str:
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ies"
    return f"{verb}es" if re.search(r"(?:[sxzo]|ch|sh)$", verb) else f"{verb}s"


def _stem(verb: str, ending: str) -> str:
    """What stands before "ed" or "ing"."""
    if ending == "ed" and re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}i"
    if verb.endswith("e") and (ending == "ed" or not verb.endswith(("ee", "oe", "ye"))):
        return verb[:-1]
    if len(_VOWELS.findall(verb)) == 1 and _DOUBLED.search(verb):
        return verb + verb[-1]
    return verb
