"""`sealcheck explain ID`: a requirement's text, and the scenarios that cover it."""

import difflib
import re
import textwrap
from pathlib import Path

from sim.driver.catalogue import RULINGS, Requirement
from sim.driver.exit_codes import USAGE, Stop

_COVERS = re.compile(r"^\s*covers\s+([^#\n]*)", re.M)


def explain(id: str, catalogue: dict[str, Requirement], root: Path) -> str:
    id = id.upper()
    found = catalogue.get(id)
    if not found:
        near = difflib.get_close_matches(id, catalogue, n=3, cutoff=0.6)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise Stop(USAGE, f"no requirement {id} in the catalogue{hint}")
    kind = "a ruling of this project" if found.chapter == RULINGS else found.chapter_title
    lines = [f"{found.id}  {kind}", ""]
    lines += textwrap.wrap(found.text, 78, initial_indent="  ", subsequent_indent="  ")
    if found.inferred:
        lines += ["", "  inferred: the complement of what the document states"]
    covering = [path for path, ids in covers(root) if id in ids]
    lines += ["", "  scenarios" if covering else "  no scenario covers it yet"]
    lines += [f"    {path}" for path in covering]
    return "\n".join(lines)


def covers(root: Path) -> list[tuple[str, set[str]]]:
    """Each scenario file below `root`, with the words of its `covers` statements."""
    found = []
    for path in sorted((root / "scenarios").rglob("*.scn")):
        text = path.read_text(encoding="utf-8", errors="replace")
        ids = {word for match in _COVERS.finditer(text) for word in match[1].split()}
        found.append((str(path.relative_to(root)), ids))
    return found
