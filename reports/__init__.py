"""Reports: JUnit XML, one HTML page and Markdown, made from the content of results.json alone;
the page shows screenshots too, where there are some (pictures.py).

The scenarios of `results` may be read from disk one at a time: a report goes over them as often as
it must, and keeps of each only what is short.
"""

from pathlib import Path

FILES = ("junit.xml", "report.html", "report.md")


def write_all(results: dict, folder: Path, pages: tuple = ()) -> None:
    """Writes every report of `results` into `folder`; `pages`: pictures.read() of a folder of
    screenshots. Raises OSError when it cannot be written."""
    from reports import html, junit, markdown  # here, because Jinja2 takes a while to load

    junit.write(results, folder / "junit.xml")
    markdown.write(results, folder / "report.md")
    html.write(results, folder / "report.html", pages)
