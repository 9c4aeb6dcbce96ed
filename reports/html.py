"""The HTML report: one self-contained page, for reading on a screen and on paper.

Requirements by chapter first, then every scenario with its assertions and its timeline. No script,
nothing fetched, light and dark as the reader's system is. Titles, peers' bytes and paths come from
outside: Jinja2 escapes all of them, and a link only ever points below the page's own folder.
"""

from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports.files import write_text
from reports.timeline import Timeline, duration

_VERDICTS = ("error", "fail", "inconclusive", "pass", "unsupported", "skipped")


def write(results: dict, path: Path) -> None:
    write_text(path, make(results))


def make(results: dict) -> str:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        loader=FileSystemLoader(Path(__file__).parent))
    environment.filters.update(anchor=_anchor, link=_link, duration=duration)
    scenarios = [{**s, "lanes": Timeline(s["timeline"])} for s in results["scenarios"]]
    # Whoever opens the page after a failure wants to see the failure first.
    scenarios.sort(key=lambda s: (_VERDICTS.index(s["verdict"]), s["expected_failure"], s["id"]))
    return environment.get_template("report.html.j2").render(
        results=results, scenarios=scenarios, chapters=_chapters(results["requirements"]),
        by_id={s["id"]: s for s in scenarios}, total=len(scenarios),
        counts=[(v, results["summary"][v]) for v in _VERDICTS if results["summary"].get(v)])


def _chapters(requirements: dict) -> list[dict]:
    """The requirements in the catalogue's order, by chapter, with what each chapter adds up to."""
    chapters: dict[str, dict] = {}
    for id, requirement in requirements.items():
        chapter = chapters.setdefault(requirement["chapter"], {
            "id": requirement["chapter"], "title": requirement["chapter_title"], "rows": []})
        chapter["rows"].append({"id": id, **requirement})
    for chapter in chapters.values():
        decided = [r["verdict"] for r in chapter["rows"] if r["verdict"]]
        chapter["decided"] = len(decided)
        chapter["counts"] = [(v, decided.count(v)) for v in _VERDICTS if v in decided]
    return list(chapters.values())


def _anchor(id: str) -> str:
    """An id as a fragment of a link: browsers decode it before they look for the element."""
    return quote(id, safe="")


def _link(path: str) -> str:
    """A file below the page's folder. The "./" keeps "javascript:" from being a scheme."""
    return "./" + quote(path)
