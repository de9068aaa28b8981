"""How much was typed between two documents."""

import dataclasses

Step = tuple[object, object]


def words_typed(before: object, after: object) -> int:
    """By how many words the texts of two versions differ in length.

    Parts that both share are not looked at, so this costs as much as what changed.
    """
    count = 0
    pending: list[Step] = [(before, after)]
    while pending:
        one, other = pending.pop()
        if one is other:
            continue
        if isinstance(one, str) and isinstance(other, str):
            count += abs(len(one.split()) - len(other.split()))
        elif isinstance(one, tuple) and isinstance(other, tuple):
            pending.extend(zip(one, other, strict=False))
        elif dataclasses.is_dataclass(one) and type(one) is type(other):
            names = [field.name for field in dataclasses.fields(one)]
            pending.extend((getattr(one, name), getattr(other, name)) for name in names)
    return count
