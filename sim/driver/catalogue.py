"""Reads the requirement catalogue (docs/requirements/catalogue.req).

The file is in the project's block syntax, one statement per line, which is all that this reader
understands. A line that it does not understand raises CatalogueError with the line's number.
"""

import re
from dataclasses import dataclass
from pathlib import Path

FILE = Path("docs/requirements/catalogue.req")  # below the repository's root
RULINGS = "RUL"

_STRING = r'"((?:[^"\\]|\\.)*)"'
_CHAPTER = re.compile(rf"chapter ([A-Z]+(?:-[A-Z])?) {_STRING} \{{$")
_STATEMENT = re.compile(rf"(requirement|ruling) ([A-Z]+(?:-[A-Z])?-\d{{2}}) {_STRING}( inferred)?"
    r"(?: rests-on ((?:RUL-\d{2} ?)+))?$")


class CatalogueError(Exception):
    pass


@dataclass(frozen=True)
class Requirement:
    id: str
    text: str
    chapter: str  # "TLS-M"; rulings have the chapter RUL
    chapter_title: str
    inferred: bool  # the complement of a stated rule, not a statement of the document
    rulings: tuple[str, ...] = ()  # what it rests on


def read(root: Path) -> dict[str, Requirement]:
    """The catalogue of the repository at `root`, by ID, in its own order."""
    path = root / FILE
    try:
        return parse(path.read_text(encoding="utf-8"), str(FILE))
    except OSError as e:
        raise CatalogueError(f"{path}: {e.strerror}") from e


def parse(text: str, name: str) -> dict[str, Requirement]:
    found: dict[str, Requirement] = {}
    chapter: tuple[str, str] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line == "}" and chapter:
            chapter = None
        elif line == "rulings {" and not chapter:
            chapter = (RULINGS, "Rulings where the document is silent, unclear or wrong")
        elif (match := _CHAPTER.match(line)) and not chapter:
            chapter = (match[1], _unescape(match[2]))
        elif (match := _STATEMENT.match(line)) and chapter:
            kind, id, text, inferred, rulings = match.groups()
            if id.rsplit("-", 1)[0] != chapter[0] or (kind == "ruling") != (chapter[0] == RULINGS):
                raise CatalogueError(f"{name}:{number}: {id} is in the wrong chapter, {chapter[0]}")
            if id in found:
                raise CatalogueError(f"{name}:{number}: {id} is there twice")
            found[id] = Requirement(id, _unescape(text), *chapter, inferred is not None,
                                    tuple((rulings or "").split()))
        else:
            raise CatalogueError(f"{name}:{number}: no statement of a catalogue: {line}")
    if chapter:
        raise CatalogueError(f"{name}: the chapter {chapter[0]} is not closed")
    for requirement in found.values():
        for ruling in requirement.rulings:
            if ruling not in found:
                raise CatalogueError(
                    f"{name}: {requirement.id} rests on {ruling}, which is not there")
    return found


def _unescape(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)
