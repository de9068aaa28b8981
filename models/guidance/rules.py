"""Every rule of guidance by its id; ``resources/guidance/gaps.toml`` has the words of each."""

from models.guidance import causes, facts, handling, reviewing
from models.guidance.found import Rule

RULES: dict[str, Rule] = facts.RULES | causes.RULES | handling.RULES | reviewing.RULES
