"""Markdown for the summary page of a CI system: what failed first, then the chapters.

Everything that comes from outside (titles, peers' bytes) is escaped: it can add no markup, no link
and no image. At most so many failures are told that the page stays under a CI system's limit.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from reports.files import write_text

_VERDICTS = ("error", "fail", "inconclusive", "pass", "unsupported", "skipped")
_BAD = _VERDICTS[:3]
_FAILURES_MAX = 20
_TEXT_MAX = 300


def write(results: dict, path: Path) -> None:
    write_text(path, pieces(results))


def make(results: dict) -> str:
    return "".join(pieces(results))


def pieces(results: dict) -> Iterator[str]:
    seeds = results.get("seeds", 1)
    seed = f"seed {results['seed']}" if seeds == 1 else \
        f"seeds {results['seed']} to {results['seed'] + seeds - 1}"
    yield f"# {plain(results['sut'])} in {plain(results['world'])}\n\n"
    counts = [f"**{n}** {v}" for v in _VERDICTS if (n := results["summary"].get(v))]
    yield f"{' · '.join(counts) or 'no scenario'} · {seed}\n"
    if results.get("aborted"):
        yield "\n**The run was aborted:** what did not finish counts as an error.\n"
    for problem in results.get("problems", []):
        yield f"\n> {plain(problem)}\n"
    yield from _failures(results)
    yield from _chapters(results["requirements"])
    yield from _tolerated(results)
    yield from _beside(results)


def _failures(results: dict) -> Iterator[str]:
    bad = sum(results["summary"].get(v, 0) for v in _BAD)
    if not bad:
        return
    yield "\n## Not as expected\n"
    told = 0
    for scenario in results["scenarios"]:
        if scenario["verdict"] not in _BAD:
            continue
        if (told := told + 1) > _FAILURES_MAX:
            break
        yield f"\n### {scenario['verdict']}: {plain(scenario['title'] or scenario['id'])}\n\n"
        yield f"{code(scenario['id'])} · seed {scenario.get('seed', results['seed'])}\n"
        if detail := scenario.get("detail"):
            yield f"\n{plain(detail)}\n"
        assertions = [a for a in scenario["assertions"] if a["verdict"] in _BAD]
        if assertions:
            yield "\n| where | requirement | expected | seen |\n|---|---|---|---|\n"
        for a in assertions:
            cells = (code(a["position"]), plain(a["requirement"]), plain(a["expected"]),
                     plain(a["seen"]))
            yield f"| {' | '.join(cells)} |\n"
    if bad > _FAILURES_MAX:
        yield f"\nand {bad - _FAILURES_MAX} more: see results.json or report.html.\n"


def _chapters(requirements: dict) -> Iterator[str]:
    chapters: dict[str, list[tuple[str, dict]]] = {}
    for id, requirement in requirements.items():
        chapters.setdefault(requirement["chapter"], []).append((id, requirement))
    yield "\n## Requirements\n\n| chapter | decided | verdicts | not as expected |\n"
    yield "|---|---|---|---|\n"
    for name, rows in chapters.items():
        decided = [r["verdict"] for _, r in rows if r["verdict"]]
        counts = ", ".join(f"{decided.count(v)} {v}" for v in _VERDICTS if v in decided)
        bad = " ".join(id + _rulings(r) for id, r in rows if r["verdict"] in _BAD)
        title = plain(rows[0][1]["chapter_title"])
        yield f"| {plain(name)} {title} | {len(decided)} of {len(rows)} | {counts} | {bad} |\n"


def _rulings(requirement: dict) -> str:
    rulings = requirement.get("rulings")
    return f" (rests on {', '.join(rulings)})" if rulings else ""


def _beside(results: dict) -> Iterator[str]:
    beside = sum(results["summary"].get(v, 0) for v in ("unsupported", "skipped"))
    if not beside:
        return
    yield "\n## Unsupported and skipped\n\n"
    told = 0
    for scenario in results["scenarios"]:
        if scenario["verdict"] not in ("unsupported", "skipped"):
            continue
        if (told := told + 1) > _FAILURES_MAX:
            yield f"- and {beside - _FAILURES_MAX} more\n"
            return
        why = f": {plain(scenario['detail'])}" if scenario.get("detail") else ""
        yield f"- {scenario['verdict']}: {code(scenario['id'])}{why}\n"


def _tolerated(results: dict) -> Iterator[str]:
    told: dict[str, str] = {}
    for scenario in results["scenarios"]:
        for a in scenario["assertions"]:
            if a.get("tolerated") and len(told) < _FAILURES_MAX:
                told.setdefault(a["position"], a["seen"])
    if told:
        yield "\n## Tolerated\n\n"
    for position, seen in told.items():
        yield f"- {code(position)}: {plain(seen)}\n"


def plain(text: str) -> str:
    """Text in a line or a cell of a table, with nothing in it that Markdown or HTML would read."""
    text = "".join(c if c.isprintable() else " " for c in str(text))
    if len(text) > _TEXT_MAX:
        text = text[:_TEXT_MAX] + "…"
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = re.sub(r"([\\`*_{}\[\]()#+!|~-])", r"\\\1", text)
    # GitHub and others make links of bare addresses and mentions of bare names.
    return text.replace("@", "&#64;").replace("://", ":&#47;&#47;").replace("www.", "www&#46;")


def code(text: str) -> str:
    """Text in a code span; a table's bar and what would end the span are replaced."""
    text = "".join(c if c.isprintable() else " " for c in str(text))
    return f"`{text.replace('`', chr(39)).replace('|', '¦')}`"
