"""The documents of a corpus, read and compared with what their transcripts say."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from msqgraph.documents import READERS
from msqgraph.errors import MsqgraphError, UnreadableInput
from msqgraph.inputs import read_input
from msqgraph.interpret import interpret
from msqgraph.response import Response
from tests.corpus.facts import KINDS, Fact, Facts, expected_facts, found_facts
from tests.corpus.render import RENDERINGS, documents_of
from tests.corpus.transcripts import Transcript, load_transcripts

# what must be reached, as shares: precision and recall
THRESHOLDS = {
    "ticks": 0.98, "addresses": 0.98, "agencies": 0.98, "portals": 0.98,
    "yes-no": 0.95, "quantities": 0.95, "laws": 0.95, "posts": 0.95,
}  # fmt: skip
FALSE_TICK, CLAIM_ON_LOST, UNREADABLE = "false tick", "claim on a lost mark", "unreadable document"
_PICTURES = ("scan pdf", "png")


@dataclass(slots=True)
class Counts:
    """How many facts were expected, how many found, how many of these are right."""

    expected: int = 0
    found: int = 0
    right: int = 0

    def add(self, other: Counts) -> None:
        """Count these too."""
        self.expected += other.expected
        self.found += other.found
        self.right += other.right

    @property
    def precision(self) -> float | None:
        """The share of what was found that is right; None if nothing was found."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """The share of what was expected that was found; None if nothing was expected."""
        return self.right / self.expected if self.expected else None

    def reaches(self, threshold: float) -> bool:
        """Whether both are reached; finding nothing where something is expected reaches nothing."""
        return (self.recall or 0.0) >= threshold and (self.precision or 0.0) >= threshold


@dataclass(frozen=True, slots=True)
class Job:
    """A document to read: the transcript whose answers it holds, its container, what it shows."""

    path: Path
    transcript: Transcript
    family: str
    links: str = "real"
    until: str | None = None

    @property
    def name(self) -> str:
        """Folder and file name."""
        return f"{self.transcript.name}/{self.path.name}"


@dataclass(frozen=True, slots=True)
class Error:
    """A difference: what kind of fact, in which document, at which question, what was expected and what found."""

    kind: str
    document: str
    question: str
    expected: str
    found: str


@dataclass(slots=True)
class Result:
    """One document's figures by kind of fact, and every difference."""

    document: str
    family: str
    language: str
    counts: dict[str, Counts] = field(default_factory=dict)
    errors: list[Error] = field(default_factory=list)
    problem: str | None = None

    def errors_of(self, kind: str) -> list[Error]:
        """The errors of a kind."""
        return [error for error in self.errors if error.kind == kind]


def find_jobs(corpus: Path, only: Iterable[str] = (), with_pictures: bool = True) -> list[Job]:
    """The documents of a corpus: those that transcripts list, and any others beside them that can be read.

    :param only: words of which a document's folder and name must hold one.
    :raises UnreadableInput: if there is none, or a document that is listed is missing.
    """
    jobs = []
    for transcript in load_transcripts(corpus):
        listed = set(documents_of(transcript).values())
        for path in listed:
            if not path.exists():
                raise UnreadableInput(path, "its transcript lists it, and it is not there", "run `make corpus`")
        beside = {path for path in transcript.folder.iterdir() if path.suffix.lower() in READERS}
        for path in sorted(beside | listed):
            rendering = RENDERINGS.get(path.stem)
            job = (
                Job(path, transcript, rendering.family, rendering.links, rendering.until)
                if rendering
                else _unknown(path, transcript)
            )
            if (with_pictures or job.family not in _PICTURES) and (not only or any(o in job.name for o in only)):
                jobs.append(job)
    if not jobs:
        raise UnreadableInput(corpus, "it holds no document that was asked for", "run `make corpus`, or ask otherwise")
    return jobs


def _unknown(path: Path, transcript: Transcript) -> Job:
    """A document that none of our renderers made: what it shows is told by its suffix."""
    suffix = path.suffix.lower().lstrip(".")
    links = {"md": "markdown", "txt": "none", "png": "none", "jpg": "none", "tif": "none"}.get(suffix, "real")
    return Job(path, transcript, suffix, links)


def measure(jobs: list[Job], processes: int = 2) -> list[Result]:
    """The figures of each document, in order; one that cannot be read has missed everything."""
    if processes < 2 or len(jobs) < 2:
        return [measure_document(job) for job in jobs]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        return list(pool.map(measure_document, jobs))


def measure_document(job: Job) -> Result:
    """The figures of one document."""
    result = Result(job.name, job.family, job.transcript.language)
    expected = expected_facts(job.transcript, job.until, has_links=job.links != "none")
    found = Facts()
    try:
        found = found_facts(_read(job), _links_in_text(job))
    except MsqgraphError as error:
        result.problem = str(error)
    except Exception as error:  # noqa: BLE001 - a reader that breaks is a finding about it, not the board's end
        result.problem = f"{type(error).__name__}: {error}"
    if result.problem:
        result.errors.append(Error(UNREADABLE, job.name, "", "", result.problem))
    for kind in KINDS:
        wanted, got = expected.by_kind[kind], found.by_kind[kind]
        if kind in ("ticks", "empty boxes"):
            claims = got & expected.lost
            result.errors += [Error(CLAIM_ON_LOST, job.name, q, "unknown", f"{slug}: {kind}") for q, slug in claims]
        result.counts[kind] = Counts(len(wanted), len(got), len(wanted & got))
        if not result.problem:
            result.errors += _differences(kind, job, wanted, got)
    false_ticks = found.by_kind["ticks"] - expected.by_kind["ticks"]
    result.errors += [Error(FALSE_TICK, job.name, q, "not ticked", slug) for q, slug in sorted(false_ticks)]
    return result


def _read(job: Job) -> Response:
    return interpret(read_input(job.path, job.transcript.country))


def _links_in_text(job: Job) -> dict[str, dict[str, str]]:
    return {q: answer.links for q, answer in job.transcript.answers.items()} if job.links == "markdown" else {}


def _differences(kind: str, job: Job, wanted: set[Fact], got: set[Fact]) -> list[Error]:
    """What is missing and what is too much; of one question, the first of both make one error, and so on."""
    errors = []
    for question in sorted({fact[0] for fact in wanted ^ got}):
        missing = sorted(fact for fact in wanted - got if fact[0] == question)
        extra = sorted(fact for fact in got - wanted if fact[0] == question)
        for at in range(max(len(missing), len(extra))):
            pair = [_told(facts[at]) if at < len(facts) else "–" for facts in (missing, extra)]
            errors.append(Error(kind, job.name, question, *pair))
    return errors


def _told(fact: Fact) -> str:
    return " · ".join(fact[1:]) or "(empty)"


def totals(results: Iterable[Result]) -> dict[str, Counts]:
    """The figures of several documents together, by kind of fact."""
    sums = {kind: Counts() for kind in KINDS}
    for result in results:
        for kind, counts in result.counts.items():
            sums[kind].add(counts)
    return sums


def shortfalls(results: list[Result]) -> list[str]:
    """What is not reached, in words; nothing if all is well. No document, or nothing expected, reaches nothing."""
    sums = totals(results)
    missed = [
        f"{kind}: precision {percent(sums[kind].precision)}, recall {percent(sums[kind].recall)}, wanted {limit:.0%}"
        for kind, limit in THRESHOLDS.items()
        if not sums[kind].reaches(limit)
    ]
    invented = {kind: sum(len(result.errors_of(kind)) for result in results) for kind in (FALSE_TICK, CLAIM_ON_LOST)}
    return missed + [f"{kind}: {count}, wanted none" for kind, count in invented.items() if count]


def percent(share: float | None) -> str:
    """A share as text; cut, not rounded, so that only what is whole is told as 100."""
    return "–" if share is None else f"{int(share * 1000 + 1e-9) / 10:.1f} %"
