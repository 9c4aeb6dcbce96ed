"""Files that are there whole or not at all: written beside their place, then renamed into it."""

import json
import os
import tempfile
from pathlib import Path


def write_text(path: Path, text: str) -> None:
    """Replaces `path`. Lone surrogates, which UTF-8 cannot carry, become question marks."""
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with open(handle, "w", encoding="utf-8", errors="replace") as file:
            file.write(text)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def write_json(path: Path, document: dict) -> None:
    write_text(path, json.dumps(document, indent=1, ensure_ascii=False) + "\n")
