"""The verdict lattice: pass < inconclusive < fail < error; unsupported and skipped stand beside it.

Where one verdict must speak for several, the worst one does. Beside a verdict of the lattice,
unsupported and skipped say nothing, so they rank below `pass`.
"""

from collections.abc import Iterable

LATTICE = ("pass", "inconclusive", "fail", "error")
ALL = LATTICE + ("unsupported", "skipped")
BAD = ("inconclusive", "fail", "error")

_RANK = {name: rank for rank, name in enumerate(("skipped", "unsupported") + LATTICE)}


def worst(verdicts: Iterable[str]) -> str | None:
    """The worst of them; None when there are none."""
    return max(verdicts, key=_RANK.__getitem__, default=None)


def is_worse(verdict: str, than: str) -> bool:
    return _RANK[verdict] > _RANK[than]


def reaches(verdict: str, level: str) -> bool:
    """Whether a run that fails on `level` fails on this verdict."""
    return _RANK[verdict] >= _RANK[level]
