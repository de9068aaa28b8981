"""The shapes of people and of verbs, which patterns use beside their lists of words."""

from models.language.prose import HIDDEN, NAME, ROLE

EXCLAIMED = "!!"
PEOPLE = ROLE
"""Stands among the words of a sentence that speaks of a person by name or by role."""

LEFT = r"(?<![\w-])"
RIGHT = r"(?!\w|['’-]\w)"
_MARGIN = rf"[^\w{NAME}{ROLE}{HIDDEN}]*"
BEGIN = rf"(?:\A{_MARGIN}(?:\d[\d:.\s]*{_MARGIN})?|[:;–—|)]\s+|\s-\s+|\boops\W+)"
"""Where a sentence begins, or a part of it."""

_PERSON = rf"(?<![{ROLE}{NAME}])(?:{ROLE}+|{NAME}+)(?![\w'’{ROLE}{NAME}-])"
_INNER = r"(?!(?:that|which|who|and|but|because|when|while|as|if|so|i|we|he|she|they|you)\b)[\w-]+"
_BESIDE = (
    rf"(?:\s+\([^()\n]{{1,60}}\))?"
    rf"(?:\s+(?:on|in|from|at|of|for|with|\w+ing)(?:\s+{_INNER}){{1,4}}?)?"
    rf"(?:,?\s+(?:who|that|which)(?:\s+{_INNER}){{0,5}}?)?"
)
_LED = r"(?:{determiners}\s+)?(?:[\w-]+\s+){0,2}?"
_OTHERS = rf"{{posts}}{_BESIDE}|{{parties}}|\A{_MARGIN}{{departments}}"
_MAYBE = r"(?:not|never|[a-z]{2,}ly|also|just|still|then|even|again|at least|perhaps)"
_SHOULD = r"(?:(?:should|could)(?:\s?n['’]?t)?|ought(?:\s+not)?(?:\s+to)?)"
_CAPITALISED = (
    r"(?:(?<=[a-z,] )|(?=(?-i:[A-Z][a-z]+ [A-Z])))(?!(?:{systems}|{beginnings}))"
    r"(?-i:[A-Z][a-z]+)(?:\s+(?-i:[A-Z])[\w&-]*)*(?![\w'’-])"
)
SHAPES = {
    "past": rf"{LEFT}(?:[a-z]+-)?[a-z]{{2,}}ed{RIGHT}|{{irregular.past}}",
    "participle": rf"{LEFT}(?:[a-z]+-)?[a-z]{{2,}}ed{RIGHT}|{{irregular.done}}",
    "adverb": rf"{LEFT}[a-z]{{2,}}ly{RIGHT}",
    "fill": rf"{LEFT}(?!{{accident}})[a-z]{{2,}}ly{RIGHT}|{{between}}",
    "ought": (
        rf"{LEFT}(?:never\s+)?(?:{_SHOULD}(?:,?\s+{_MAYBE},?){{0,3}}"
        rf"\s+(?:have|of)(?:\s+(?:not|never))?|(?:should|could)(?:n['’]t)?(?:['’]ve|a)){RIGHT}"
    ),
    "word": r"[^\s,;:()]+",
    "number": r"[<>]?\d\S*",
    "name": rf"{NAME}+",
    "end": r"(?=[^\w\s]|$)",
    "exclamations": r"!{2,}",
    "question": r"[^?]{0,300}\?",
    "role": rf"{ROLE}+(?![\w'’{ROLE}-])",
    "subject": rf"(?P<who>{{pronouns_have}}|{_PERSON}{_BESIDE})",
    "third": rf"(?P<who>{{third_pronouns}}|{_PERSON}{_BESIDE})",
    "actor": rf"(?P<who>{{pronouns_have}}|{{minds_have}}|{_PERSON}{_BESIDE})|{_OTHERS}",
    "other": rf"(?P<who>{{third_pronouns}}|{{minds_have}}|{_PERSON}{_BESIDE})|{_OTHERS}",
    "proper": _CAPITALISED,
    "human": rf"(?P<whom>{_LED}{_PERSON})",
    "body": rf"(?P<whom>{_LED}(?:{_PERSON}|{{hands}}))",
    "human_own": rf"(?P<whom>{_LED}(?:{ROLE}+|{NAME}+)['’]s?(?!\w))",
    "platform_own": "{platforms_own}",
    "post_own": "{posts_own}",
}
"""Shape -> its expression, in which ``{list}`` is a list of words, maybe in a form."""
TAILS = {"_have": rf"(?:['’](?:ve|d|m|re|s))?{RIGHT}", "_own": r"['’]s?(?!\w)"}
"""Ending of the name of a list -> what follows its words."""
MARKS = {
    "exclamations": (EXCLAIMED,),
    "ought": ("should", "shouldn", "could", "couldn", "ought", "shoulda", "coulda"),
}
"""Shape -> the words of which one is in it."""
SPOKEN = {
    "subject": ("pronouns",),
    "third": ("third_pronouns",),
    "actor": ("pronouns", "minds", "posts", "parties", "departments"),
    "other": ("third_pronouns", "minds", "posts", "parties", "departments"),
    "human": (),
    "body": ("hands",),
    "human_own": (),
    "role": (),
    "name": (),
}
"""Shape of people -> the lists of words that may stand for them, too."""
