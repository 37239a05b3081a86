"""How long others wait for their answers beside a client that asks the worst it can, against without it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass, replace

from benchmarks.load import Load, Loaded, loaded, result_of, started_load
from benchmarks.server_process import ROOT, wait_until_idle
from benchmarks.worst_client import ATTACKS

SECONDS, SETTLE_S = 3.0, 1.0
PAUSES_S = {"pause 30 ms after an answer": 0.03, "ask on at once": 0.0}
LIMIT = 3


@dataclass(frozen=True, slots=True)
class Beside:
    """What others got, without the bad client and beside it, and what became of its queries."""

    attack: str
    others: str
    calm: Loaded
    beside: Loaded
    came: dict[str, int]

    @property
    def ratio(self) -> float:
        """Of the 99th percentiles."""
        return self.beside.percentile_s(99) / self.calm.percentile_s(99)


def beside_bad_client(load: Load) -> list[str]:
    """The section on a bad client.

    :param load: what the others ask; how long and how fast is decided here.
    """
    loaded(replace(load, seconds=SETTLE_S))
    found = [
        _beside(attack, others, replace(load, seconds=SECONDS, pause_s=pause_s))
        for attack in ATTACKS
        for others, pause_s in PAUSES_S.items()
    ]
    return _report(found, len(load.requests))


def _beside(attack: str, others: str, load: Load) -> Beside:
    """The others without the bad client, and beside it.

    :raises RuntimeError: if the bad client asked nothing, or nobody listened to it.
    """
    wait_until_idle()
    calm = loaded(load)
    command = [sys.executable, "-m", "benchmarks.worst_client", str(load.port), str(SECONDS + 2 * SETTLE_S), attack]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as worst:
        try:
            time.sleep(SETTLE_S)
            beside = result_of(started_load(load), load)
            told, _ = worst.communicate(timeout=60)
        finally:
            worst.kill()
    came: dict[str, int] = json.loads(told)
    if not set(came) - {"refused connection"}:
        raise RuntimeError(f"the bad client asked nothing: {came}")
    return Beside(attack, others, calm, beside, came)


def _report(found: list[Beside], clients: int) -> list[str]:
    lines = [
        "",
        "### Beside a bad client",
        "",
        f"{clients} clients ask the three queries in turn; another one asks the worst it can on several connections.",
        f"The ratio is that of the 99th percentiles (limit {LIMIT}).",
        "",
        "| it asks | the others | without it, ms | beside it, ms | ratio | its answers |",
        "|---|---|---|---|---|---|",
    ]
    for one in found:
        came = ", ".join(f"{count} {name}" for name, count in sorted(one.came.items()))
        calm_ms, beside_ms = (loaded.percentile_s(99) * 1000 for loaded in (one.calm, one.beside))
        lines.append(f"| {one.attack} | {one.others} | {calm_ms:.1f} | {beside_ms:.1f} | {one.ratio:.2f} | {came} |")
    return lines
