"""`sealcheck explain ID`: a requirement's text and chapter, the rulings that it rests on, the
scenarios that cover it with the statements that show it, and what the last run said of them."""

import difflib
import json
import re
from pathlib import Path

from sim.driver.catalogue import RULINGS, Requirement
from sim.driver.exit_codes import USAGE, Stop
from sim.driver.layout import Column, side_by_side, wrap
from sim.driver.screen import Screen

_COVERS = re.compile(r"^\s*covers\s+([^#\n]*)")
_SHOWS = re.compile(r"\bshows\s+([^#\n{]*)")
_STYLE = {"pass": "green", "fail": "red", "error": "magenta", "inconclusive": "yellow"}


def explain(id: str, catalogue: dict[str, Requirement], root: Path, out: Path,
            screen: Screen) -> None:
    id = id.upper()
    found = catalogue.get(id)
    if not found:
        near = difflib.get_close_matches(id, catalogue, n=3, cutoff=0.6)
        hint = f"; did you mean {' or '.join(near)}?" if near else \
            "; the IDs are in docs/requirements/catalogue.req"
        raise Stop(USAGE, f"no requirement {id} in the catalogue{hint}")
    ruling = found.chapter == RULINGS
    screen.spans([(found.id, "bold"), ("  ", ""), (
        "a ruling of this project" if ruling else f"{found.chapter_title} ({found.chapter})", "")])
    screen.line()
    _paragraph(screen, found.text)
    if found.inferred:
        screen.line()
        screen.line("  inferred: the complement of what the document states")
    for other in map(catalogue.get, found.rulings):
        screen.line()
        screen.lines(side_by_side(Column("rests on", 8, "dim"), Column(other.id, 6, "bold"),
                                  Column(other.text, min(screen.width, 100) - 20)))
    if resting := [r.id for r in catalogue.values() if id in r.rulings]:
        screen.line()
        _paragraph(screen, "requirements that rest on it: " + ", ".join(resting))
    _scenarios(id, root, _last_results(out), screen)


def _scenarios(id: str, root: Path, last: dict, screen: Screen) -> None:
    covering = [(path, shown.get(id, [])) for path, ids, shown in covers(root)
                if id in ids or id in shown]
    screen.line()
    screen.line("  scenarios" if covering else "  no scenario covers it yet", style="dim")
    for path, lines in covering:
        # A table's rows are scenarios of their own.
        verdicts = [s["verdict"] for s in last.get("scenarios", ())
                    if s["id"].split("#")[0].split("@")[0] == path]
        said = ", ".join(f"{verdicts.count(v)} {v}" if len(verdicts) > 1 else v
                         for v in dict.fromkeys(verdicts))
        style = _STYLE.get(verdicts[0], "") if len(set(verdicts)) == 1 else ""
        screen.spans([(f"    {path}", ""), (f"  {said}", style)])
        for number, text in lines:
            screen.lines(side_by_side(
                Column(str(number), 4, "dim", right=True),
                Column(text, min(screen.width, 100) - 12, "cyan"), indent=6))
    if last:
        verdict = last.get("requirements", {}).get(id, {}).get("verdict")
        screen.line()
        screen.spans([(f"  in the last run (seed {last.get('seed')}): ", ""),
                      (verdict or "not decided", _STYLE.get(verdict, ""))])


def covers(root: Path) -> list[tuple[str, set[str], dict[str, list[tuple[int, str]]]]]:
    """Each scenario file below `root`: the words of its `covers` statements, and by requirement the
    lines that show it, with their numbers."""
    found = []
    for path in sorted((root / "scenarios").rglob("*.scn")):
        ids, shown = set(), {}
        text = path.read_text(encoding="utf-8", errors="replace")
        before = ""
        for number, line in enumerate(text.splitlines(), 1):
            if match := _COVERS.match(line):
                ids |= set(match[1].split())
            elif match := _SHOWS.search(line):
                whole = line.strip()
                if whole.startswith("shows"):  # a statement that goes on from the line before
                    whole = f"{before} {whole}"
                for id in match[1].split():
                    shown.setdefault(id, []).append((number, whole))
            before = line.strip()
        found.append((str(path.relative_to(root)), ids, shown))
    return found


def _last_results(out: Path) -> dict:
    """The results in that folder; nothing where there are none, or none that can be read."""
    try:
        results = json.loads((out / "results.json").read_text(encoding="utf-8"))
        return results if isinstance(results, dict) else {}
    except (OSError, ValueError):
        return {}


def _paragraph(screen: Screen, text: str) -> None:
    for line in wrap(text, min(screen.width, 100) - 2):
        screen.line(f"  {line}")
