"""Files that are there whole or not at all: written beside their place, then renamed into it."""

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path


def write_text(path: Path, text: str | Iterable[str]) -> None:
    """Replaces `path`, piece by piece where it gets pieces. Lone surrogates, which UTF-8 cannot
    carry, become question marks."""
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with open(handle, "w", encoding="utf-8", errors="replace") as file:
            file.writelines([text] if isinstance(text, str) else text)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def write_json(path: Path, document: dict) -> None:
    """Writes it; its scenarios, which may be very many, one at a time and one a line."""
    write_text(path, _pieces(document))


def _pieces(document: dict) -> Iterator[str]:
    yield "{"
    for number, (key, value) in enumerate(document.items()):
        yield f"{',' * (number > 0)}\n {json.dumps(key)}: "
        if key in ("scenarios", "requirements"):
            many = value.items() if key == "requirements" else ((None, each) for each in value)
            yield "[" if key == "scenarios" else "{"
            for place, (name, each) in enumerate(many):
                label = f"{json.dumps(name)}: " if name is not None else ""
                yield f"{',' * (place > 0)}\n  {label}{json.dumps(each, ensure_ascii=False)}"
            yield "\n ]" if key == "scenarios" else "\n }"
        else:
            yield json.dumps(value, ensure_ascii=False)
    yield "\n}\n"
