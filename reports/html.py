"""The HTML report: one self-contained page, for reading on a screen and on paper.

Requirements by chapter first, then screenshots of the portal where there are some, then every
scenario with its assertions and its timeline. No script, nothing fetched (pictures are within the
page), light and dark as the reader's system is. Titles, peers' bytes and paths come from
outside: Jinja2 escapes all of them, and a link only ever points below the page's own folder.

The page is written as it is made, a scenario at a time.
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports.files import write_text
from reports.sequence_chart import chart, duration

_VERDICTS = ("error", "fail", "inconclusive", "pass", "unsupported", "skipped")
_LINKS_MAX = 12  # of one requirement to its scenarios


def write(results: dict, path: Path, pages: tuple = ()) -> None:
    write_text(path, pieces(results, pages))


def make(results: dict, pages: tuple = ()) -> str:
    return "".join(pieces(results, pages))


def pieces(results: dict, pages: tuple = ()) -> Iterator[str]:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        loader=FileSystemLoader(Path(__file__).parent))
    environment.filters.update(anchor=_anchor, link=_link, duration=duration)
    environment.globals["chart"] = lambda events: Markup(chart(events))
    # Whoever opens the page after a failure wants to see the failure first.
    order, titles = [], {}
    for number, s in enumerate(results["scenarios"]):
        order.append((_VERDICTS.index(s["verdict"]), s["expected_failure"], number))
        titles[s["id"]] = s["title"]
    order.sort()
    seeds = results.get("seeds", 1)
    yield from environment.get_template("report.html.j2").generate(
        results=results, pages=pages, chapters=_chapters(results["requirements"]), titles=titles,
        scenarios=(results["scenarios"][number] for _, _, number in order), total=len(order),
        links_max=_LINKS_MAX, last_seed=results["seed"] + seeds - 1,
        counts=[(v, results["summary"][v]) for v in _VERDICTS if results["summary"].get(v)])


def _chapters(requirements: dict) -> list[dict]:
    """The requirements in the catalogue's order, by chapter, with what each chapter adds up to."""
    chapters: dict[str, dict] = {}
    for id, requirement in requirements.items():
        chapter = chapters.setdefault(requirement["chapter"], {
            "id": requirement["chapter"], "title": requirement["chapter_title"], "rows": []})
        chapter["rows"].append({"id": id, "rulings": [], **requirement})
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
