"""What is odd about an edition's figures, in sentences; each is worked out from the figures, none is handed down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

Figures = Mapping[str, Mapping[str, str]]  # iso3 → column → figure

_PARTS = ("osi", "hci", "tii")
_INDICES = ("egdi", *_PARTS, "epi")
_TOLERANCE = Decimal("0.0001")
_WEIGHTS_2010 = dict(zip(_PARTS, map(Decimal, ("0.34", "0.33", "0.33")), strict=True))
_WHOLE_EDITION = 150  # countries; fewer say nothing about an edition's scales
_USUAL_DECIMALS = 5


def notes(figures: Figures) -> list[str]:
    """The notes on one edition, ``Break:`` before those on why it does not compare with other editions.

    >>> notes({"AAA": {"rank": "1", "egdi": "0.81234"}, "BBB": {"rank": "1", "egdi": "0.81234"}, "CCC": {}})[-2:]
    ['CCC: no figure at all, so it does not count as asked.', 'Rank 1 is shared by AAA, BBB.']
    """
    there = {iso3: of for iso3, of in figures.items() if of}
    return [
        *_blanks(there),
        *(
            f"{iso3}: no figure at all, so it does not count as asked."
            for iso3 in sorted(figures.keys() - there.keys())
        ),
        *_zeros(there),
        *_ranks(there),
        *_weights(there),
        *_scales(there),
    ]


def _blanks(figures: Figures) -> Iterator[str]:
    for column in ("rank", *_INDICES):
        missing = [iso3 for iso3, of in figures.items() if column not in of]
        if missing:
            yield f"No {_name(column)} for {_listed(missing)}."


def _zeros(figures: Figures) -> Iterator[str]:
    """An index of nothing, beside a part that is something or not known: not the sum of its parts."""
    odd = [
        iso3
        for iso3, of in figures.items()
        if Decimal(of.get("egdi", 1)) == 0 and any(Decimal(of.get(part, 1)) > 0 for part in _PARTS)
    ]
    if odd:
        yield f"EGDI is 0 although not all its three indices are 0: {_listed(odd)}."


def _ranks(figures: Figures) -> Iterator[str]:
    by_rank, by_index = _grouped(figures, "rank"), _grouped(figures, "egdi")
    for rank, sharing in sorted(by_rank.items(), key=lambda item: int(item[0])):
        if len(sharing) > 1:
            yield f"Rank {rank} is shared by {_listed(sharing)}."
    for index, sharing in sorted(by_index.items()):
        ranks = sorted({int(figures[iso3].get("rank", 0)) for iso3 in sharing})
        if len(ranks) > 1:
            ordered = " and ".join(map(str, ranks))
            yield f"{_listed(sharing)}: the same EGDI, {index}, to the decimals given, but ranks {ordered}."


def _weights(figures: Figures) -> Iterator[str]:
    """Editions whose index is no plain mean of its parts, as far as it is one of them at all."""
    whole = {i: of for i, of in figures.items() if Decimal(of.get("egdi", 0)) > 0 and of.keys() >= set(_PARTS)}
    plain = dict.fromkeys(_PARTS, Decimal(1) / 3)
    off = [iso3 for iso3, of in whole.items() if _distance(of, plain) > _TOLERANCE]
    if not off:
        return
    weighted = sum(_distance(of, _WEIGHTS_2010) <= _TOLERANCE for of in whole.values())
    note = (
        f"EGDI differs from the mean of OSI, HCI and TII by more than {_TOLERANCE} in {len(off)} of {len(whole)} rows"
    )
    if weighted > len(whole) - len(off):
        yield f"Break: {note}; 0.34 OSI + 0.33 HCI + 0.33 TII gives it in {weighted} of them."
    else:
        yield f"{note}: {_listed(off)}."


def _scales(figures: Figures) -> Iterator[str]:
    if len(figures) < _WHOLE_EDITION:
        return
    for column in ("osi", "hci", "tii", "epi"):
        values = [Decimal(of[column]) for of in figures.values() if column in of]
        if values and (min(values) > 0 or max(values) < 1):
            yield f"Break: {_name(column)} runs from {min(values)} to {max(values)}, in later editions from 0 to 1."
    decimals = max(len(of[c].partition(".")[2]) for of in figures.values() for c in _INDICES if c in of)
    if decimals < _USUAL_DECIMALS:
        yield f"Indices are given to {decimals} decimals; editions with more have {_USUAL_DECIMALS}."


def _distance(of: Mapping[str, str], weights: Mapping[str, Decimal]) -> Decimal:
    return abs(Decimal(of["egdi"]) - sum(Decimal(of[part]) * weight for part, weight in weights.items()))


def _grouped(figures: Figures, column: str) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for iso3, of in figures.items():
        if column in of:
            groups.setdefault(of[column], []).append(iso3)
    return groups


def _listed(codes: list[str]) -> str:
    return ", ".join(sorted(codes))


def _name(column: str) -> str:
    return "rank" if column == "rank" else column.upper()
