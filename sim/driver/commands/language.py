"""The language's tools: `fmt`, `complete`, `manual`, `grammar`.

sealcheck-language does the work and prints what people read; this only finds it and its paths.
"""

import subprocess
import sys

from sim.driver.commands.common import ROOT, add_preset, built, resolve
from sim.driver.exit_codes import ALL_AS_EXPECTED, A_VERDICT

PROGRAM = "sim/engine/sealcheck-language"  # below the build folder
MANUAL = "docs/statements.md"
GRAMMAR = "docs/editor/sealcheck.tmLanguage.json"


def add(commands) -> None:
    fmt = commands.add("fmt", _fmt, "lay out scenario files in the one canonical way")
    fmt.add_argument("paths", nargs="+", metavar="PATH", help="files, folders, or - for stdin")
    fmt.add_argument("--check", action="store_true",
                     help="change nothing; exit 1 and name the files that are not formatted")
    complete = commands.add(
        "complete", _complete, "what may be typed at a place of a file, as JSON, for editors")
    complete.add_argument("file", metavar="FILE", help="or - for stdin")
    complete.add_argument("line", metavar="LINE", help="from 1")
    complete.add_argument("column", metavar="COL", help="from 1, in characters")
    manual = commands.add("manual", _generated, "print the manual of all statements")
    manual.set_defaults(words=["manual", str(ROOT)], file=MANUAL)
    grammar = commands.add("grammar", _generated, "print the TextMate grammar for editors")
    grammar.set_defaults(words=["grammar"], file=GRAMMAR)
    for each in (manual, grammar):
        how = each.add_mutually_exclusive_group()
        how.add_argument("--check", action="store_true",
                         help="exit 1 when the file in docs/ is another")
        how.add_argument("--write", action="store_true", help="write the file in docs/")
    for each in (fmt, complete, manual, grammar):
        add_preset(each)


def _program(options) -> str:
    build, _ = built(options, PROGRAM)
    return str(build.folder / PROGRAM)


def _fmt(options) -> int:
    paths = [path if path == "-" else resolve([path])[0] for path in options.paths]
    return subprocess.call(
        [_program(options), "fmt", *(["--check"] if options.check else []), *paths])


def _complete(options) -> int:
    file = options.file if options.file == "-" else resolve([options.file])[0]
    return subprocess.call(
        [_program(options), "complete", str(ROOT), file, options.line, options.column])


def _generated(options) -> int:
    text = subprocess.check_output([_program(options), *options.words], encoding="utf-8")
    path = ROOT / options.file
    if options.write:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    elif options.check:
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            print(f"{options.file} is out of date: ./sealcheck {options.words[0]} --write",
                  file=sys.stderr)
            return A_VERDICT
    else:
        print(text, end="")
    return ALL_AS_EXPECTED
