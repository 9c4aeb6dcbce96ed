"""Reports: JUnit XML and one HTML page, made from the content of results.json and nothing else."""

from pathlib import Path

from reports import html, junit

FILES = ("junit.xml", "report.html")


def write_all(results: dict, folder: Path) -> None:
    """Writes every report of `results` into `folder`. Raises OSError when it cannot be written."""
    junit.write(results, folder / "junit.xml")
    html.write(results, folder / "report.html")
