"""Documents to measure with: of about 5 KB, made from real text, the same in every run."""

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from models.document import Document
from models.domain.incident import Event, Incident, Times, Trigger
from models.domain.moments import exactly
from models.domain.post_mortem import PostMortem, Section, Status
from models.domain.whys import Stop, StopReason, WhyNode, WhyTree
from models.sample import documents as sample_documents

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "postmortems"
SERVICES = [f"service-{i}" for i in range(40)]
LAYERS = ["client", "edge", "gateway", "application", "cache", "queue", "database", "network"]
TRIGGERS = ["rollout", "configuration change", "traffic", "dependency", "hardware", "expiry"]


def sentences() -> list[str]:
    """Sentences of the sample library and, where it is at hand, of real post-mortems."""
    texts = [_prose(document.post_mortem) for document in sample_documents()]
    if SHARED.is_dir():
        files = sorted(path for path in SHARED.rglob("*") if path.is_file())
        texts += [path.read_text(encoding="utf-8", errors="replace") for path in files]
    found = (s.strip() for text in texts for s in re.split(r"(?<=[.!?])\s+|\n+", text))
    return [s for s in found if 40 < len(s) < 400 and not s.startswith(("|", "#"))]


def _prose(mortem: PostMortem) -> str:
    parts = [mortem.summary, mortem.contributing_factors, mortem.lessons.text]
    parts += [event.text for incident in mortem.incidents for event in incident.timeline]
    return "\n".join(parts)


def documents(count: int, seed: int = 7) -> Iterator[Document]:
    """``count`` documents; each tells of its own mixture, so that terms are spread unevenly."""
    draw = random.Random(seed)  # noqa: S311
    source = sentences()
    day = datetime(2015, 1, 1, tzinfo=UTC)
    for number in range(count):
        start = draw.randrange(len(source))
        near = [source[(start + i) % len(source)] for i in range(22)]
        mixed = near + draw.sample(source, 12)
        at = day + timedelta(days=draw.randrange(4300), minutes=draw.randrange(1440))
        yield _document(number, mixed, at, draw)


def _document(number: int, text: list[str], at: datetime, draw: random.Random) -> Document:
    name = f"bench-{number}"
    events = tuple(
        Event(f"{name}-e{i}", at + timedelta(minutes=3 * i), kind="note", text=line)
        for i, line in enumerate(text[:6])
    )
    incident = Incident(
        id=f"{name}-i",
        severity=draw.choice(("SEV1", "SEV2", "SEV2", "SEV3", "SEV3", "SEV3")),
        services=tuple(draw.sample(SERVICES, draw.choice((1, 1, 2)))),
        layers=(draw.choice(LAYERS),),
        trigger=Trigger(draw.choice(TRIGGERS)),
        times=Times(onset=exactly(at), resolved=exactly(at + timedelta(minutes=90))),
        timeline=events,
    )
    leaf = WhyNode(f"{name}-w2", "Why?", text[7], stop=Stop(StopReason.EXHAUSTED))
    tree = WhyTree(
        f"{name}-w",
        problem=text[6],
        nodes=(WhyNode(f"{name}-w1", "Why?", text[8], children=(leaf,)),),
    )
    mortem = PostMortem(
        id=name,
        title=" ".join(text[0].split()[:9]),
        status=draw.choice((Status.REVIEWED, Status.CLOSED)),
        historical=True,
        summary=" ".join(text[9:15]),
        incidents=(incident,),
        whys=(tree,),
        contributing_factors="\n".join(f"- {line}" for line in text[15:18]),
        sections=(Section(f"{name}-s", "What happened", "\n\n".join(text[18:])),),
    )
    return Document(replace(mortem, tags=(f"tag-{number % 12}",)))
