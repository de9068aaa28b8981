"""Rules on the response and on what the all clear rests on."""

from collections.abc import Iterator

from models.domain.incident import StepState
from models.guidance.found import Facts, Found, Rule, incidents

_SETTLED = (StepState.DONE, StepState.NOT_APPLICABLE)
_HOTFIX = "hotfix"


def _steps(facts: Facts) -> Iterator[Found]:
    for incident in incidents(facts):
        for record in incident.response:
            framework = facts.frameworks.get(record.framework)
            done = {step.step for step in record.steps if step.state in _SETTLED}
            for step in framework.steps if framework else ():
                if step.id not in done:
                    yield Found(f"response/{step.id}", step.title, incident)


def _resolution(facts: Facts, *, hotfix: bool) -> Iterator[Found]:
    """What is missing before an incident should be called resolved: hotfixes, or all the rest."""
    for incident in incidents(facts):
        known = {incident.id, *(event.id for event in incident.timeline)}
        for gap in facts.resolution:
            if gap.record in known and (gap.field == _HOTFIX) is hotfix:
                place = f"{gap.section}/{gap.record}/{gap.field}"
                short = gap.words.partition(":")[0]
                yield Found(place, short, incident, more=gap.words, section=gap.section)


def _all_clear(facts: Facts) -> Iterator[Found]:
    yield from _resolution(facts, hotfix=False)


def _hotfixes(facts: Facts) -> Iterator[Found]:
    yield from _resolution(facts, hotfix=True)


RULES: dict[str, Rule] = {
    "response step": _steps,
    "all clear": _all_clear,
    "hotfix": _hotfixes,
}
