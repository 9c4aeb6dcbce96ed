"""`tidy`: lints the tree for what would trip up a reader, and for edges that linking does not see.

    tidy.py [ROOT]      prints FILE:LINE: what is wrong; exit 1 when it found something

Each rule is a function from a Tree to complaints. A rule's exceptions stand in a table beside it,
each with its reason; an exception that excuses nothing is a complaint itself.
"""

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path[0] = str(ROOT)

from sim.driver import catalogue, tidy_source  # noqa: E402

_NOT_OURS = {"build", "out", ".git", "__pycache__", ".pytest_cache"}
_TEXT = {".cpp", ".hpp", ".py", ".sh", ".txt", ".cmake", ".scn", ".req", ".md", ".css", ".j2",
         ".json", ".conf", ""}
_NARROW = {".cpp", ".hpp", ".py", ".sh", ".scn", ".css", ""}
_COLUMNS = 100
_THIS = "sim/driver/tidy.py"


@dataclass(frozen=True)
class Complaint:
    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


class Tree:
    """The files of a repository, read once. Paths are relative to its root, with slashes."""

    def __init__(self, root: Path):
        self.root = root
        self._texts: dict[str, str] = {}
        self._code: dict[str, str] = {}

    @cached_property
    def files(self) -> list[str]:
        found = []
        for folder, folders, names in os.walk(self.root):
            folders[:] = sorted(f for f in folders if f not in _NOT_OURS)
            found += [os.path.relpath(os.path.join(folder, name), self.root) for name in names]
        return sorted(found)

    def matching(self, *suffixes: str, under: str = "") -> list[str]:
        return [f for f in self.files if Path(f).suffix in suffixes and f.startswith(under)]

    def text(self, path: str) -> str:
        if path not in self._texts:
            self._texts[path] = (self.root / path).read_text(encoding="utf-8", errors="replace")
        return self._texts[path]

    def code(self, path: str) -> str:
        """A C++ file's text with comments and literals blanked, lines in place."""
        if path not in self._code:
            self._code[path] = tidy_source.blank(self.text(path))
        return self._code[path]

    def lines(self, path: str) -> Iterator[tuple[int, str]]:
        return enumerate(self.text(path).split("\n"), 1)


# (folder, what it must not include, except). An include names a file from the root.
FORBIDDEN_INCLUDES = [
    ("reference/", ("sim/", "fakes/", "reports/"), ()),
    ("fakes/", ("reference/", "sim/", "reports/"), ("reference/host/",)),
    ("sim/verdict/", ("reference/gateway/", "fakes/", "sim/world/", "sim/adapters/"), ()),
]


def include_edges(tree: Tree) -> Iterator[Complaint]:
    """The gateway, its peers and its judges do not know each other: a shared bug would hide."""
    for path in tree.matching(".cpp", ".hpp"):
        for number, line in tree.lines(path):
            match = re.match(r'\s*#\s*include\s*["<]([^">]+)[">]', line)
            for folder, banned, allowed in FORBIDDEN_INCLUDES if match else ():
                if path.startswith(folder) and match[1].startswith(banned) \
                        and not match[1].startswith(allowed or ("\0",)):
                    yield Complaint(path, number, f"{folder} must not include {match[1]}")
            if match and match[1].startswith("../"):
                yield Complaint(path, number, "includes are written from the root")


def report_imports(tree: Tree) -> Iterator[Complaint]:
    """Reports see the results and nothing else."""
    for path in tree.matching(".py", under="reports/"):
        for number, line in tree.lines(path):
            if re.match(r"\s*(from|import)\s+sim\b", line):
                yield Complaint(path, number, "reports must not import sim")


# What makes a run depend on the machine it runs on.
BANNED = {
    "the wall clock": r"system_clock\s*::\s*now|(?<![.>\w])time\s*\(\s*(nullptr|NULL|0)\s*\)",
    "the machine's clock": r"(steady_clock|high_resolution_clock)\s*::\s*now",
    "unseeded randomness": r"\brandom_device\b|\bs?rand\s*\(",
    "a blocking sleep": r"\bsleep_(for|until)\b|\b[nu]?sleep\s*\(",
    "a thread": r"\bstd::j?thread\b|\bstd::async\b|\bthread_pool\b",
    "the system's resolver": r"\bip::(tcp|udp)::resolver\b|\bgetaddrinfo\b",
    "a timer of the machine": r"\b(steady|system|high_resolution|deadline)_timer\b",
}
# (path prefix, key of BANNED, why)
ALLOWED: list[tuple[str, str, str]] = [
    ("sim/world/virtual/world_test.cpp", "the wall clock",
     "shows that a library's call sees the world's clock"),
    ("reference/host/real/clocks.hpp", "the wall clock", "the real host's own"),
    ("reference/tls/certificate_store_test.cpp", "the wall clock",
     "what the openssl tool makes is valid from the real time on"),
    ("reference/tls/document_commands_test.cpp", "the wall clock",
     "what the openssl tool makes is valid from the real time on"),
    ("reference/host/real/clocks.hpp", "the machine's clock", "the real host's own"),
    ("reference/host/real/real_timer.cpp", "a timer of the machine", "the real host's own"),
    ("reference/host/real/tcp_connect.cpp", "a timer of the machine", "the real host's own"),
    ("reference/host/real/real_host.cpp", "a thread", "runs sessions on several cores"),
    ("reference/host/real/storage_worker.hpp", "a thread", "fsync must not stop the sessions"),
    ("sim/adapters/sealgate/real_host_test.cpp", "a thread",
     "the peers' host runs beside the gateway's"),
]


def banned_calls(tree: Tree) -> Iterator[Complaint]:
    """All but the real host asks its Host for time, randomness, names and threads."""
    used = set()
    for path in tree.matching(".cpp", ".hpp"):
        if not path.startswith(("reference/", "sim/", "fakes/")):
            continue
        for number, line in enumerate(tree.code(path).split("\n"), 1):
            for what, pattern in BANNED.items():
                if not re.search(pattern, line):
                    continue
                excuse = next(
                    (a for a in ALLOWED if path.startswith(a[0]) and a[1] == what), None)
                used.add(excuse)
                if excuse is None:
                    yield Complaint(path, number, f"{what}: ask the Host instead")
    for entry in ALLOWED if _THIS in tree.files else ():
        if entry not in used:
            yield Complaint(_THIS, 1, f"the exception for {entry[0]} ({entry[1]}) is not used")


def unused_sources(tree: Tree) -> Iterator[Complaint]:
    """Every .cpp is named by the CMakeLists.txt of its folder or of one above it."""
    for path in tree.matching(".cpp"):
        for folder in Path(path).parents:
            lists = str(folder / "CMakeLists.txt")
            name = re.escape(os.path.relpath(path, folder))
            if lists in tree.files and re.search(rf"(?<![\w./-]){name}\b", tree.text(lists)):
                break
        else:
            yield Complaint(path, 1, "no CMakeLists.txt builds this file")


def header_openings(tree: Tree) -> Iterator[Complaint]:
    """A header says what it is before it says anything else."""
    for path in tree.matching(".hpp"):
        if not tree.text(path).startswith(("// ", "/* ")):
            yield Complaint(path, 1, "a header opens with a comment that says what it is")
        if not re.search(r"^#pragma once$", tree.text(path), re.M):
            yield Complaint(path, 1, "no #pragma once")


def line_ends(tree: Tree) -> Iterator[Complaint]:
    """No trailing whitespace, no line over 100 columns, a newline at the end of a file.

    The seeds of a fuzz target are octets, whatever they look like.
    """
    for path in tree.matching(*_TEXT):
        if Path(path).parent.name.endswith("_seeds"):
            continue
        if "fuzz_seeds" in path:  # octets, not lines
            continue
        for number, line in tree.lines(path):
            if line != line.rstrip():
                yield Complaint(path, number, "trailing whitespace")
            if len(line) > _COLUMNS and Path(path).suffix in _NARROW:
                yield Complaint(path, number, f"{len(line)} columns; the limit is {_COLUMNS}")
        if tree.text(path) and not tree.text(path).endswith("\n"):
            yield Complaint(path, 1, "no newline at the end of the file")


def covered_ids(tree: Tree) -> Iterator[Complaint]:
    """What a scenario covers is in the catalogue."""
    known = catalogue.read(tree.root)
    for path in tree.matching(".scn", under="scenarios/"):
        for number, line in tree.lines(path):
            if match := re.match(r"\s*covers\b([^#]*)", line):
                for id in match[1].split():
                    if id not in known:
                        yield Complaint(path, number, f"{id} is not in the requirement catalogue")


RULES = [include_edges, report_imports, banned_calls, unused_sources, header_openings, line_ends,
         covered_ids]


def main(arguments: list[str]) -> int:
    tree = Tree(Path(arguments[0]).resolve() if arguments else ROOT)
    complaints = [complaint for rule in RULES for complaint in rule(tree)]
    for complaint in complaints:
        print(complaint)
    print(f"tidy: {len(complaints)} complaints, {len(tree.files)} files, {len(RULES)} rules")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
