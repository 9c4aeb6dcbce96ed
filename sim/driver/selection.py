"""Which scenarios are run of those below the given paths.

-k, --tag, --not-tag, --shard and --only-failed narrow each other down. A shard is decided by the
hash of a scenario's id, so that a scenario added to the suite moves no other one; the shards of one
n are disjoint and together the whole.
"""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sim.driver import verdicts
from sim.driver.exit_codes import USAGE, Stop

_TOKEN = re.compile(r'\s*(?:([()])|"([^"]*)"|([^\s()"]+))')


class BadExpression(ValueError):
    pass


@dataclass(frozen=True)
class Selection:
    keyword: str | None = None  # the -k expression
    tags: tuple[str, ...] = ()  # one of them
    not_tags: tuple[str, ...] = ()  # none of them
    shard: tuple[int, int] | None = None  # (i, n), 1 <= i <= n
    ids: frozenset[str] | None = None  # those that failed last time

    def is_everything(self) -> bool:
        return self == Selection()

    def choose(self, scenarios: list[dict]) -> list[str]:
        """The ids of the scenarios (lines of `list`) that are wanted; at least one, or Stop."""
        matches = expression(self.keyword) if self.keyword is not None else lambda text: True
        chosen = [s["id"] for s in scenarios
                  if matches(f"{s['id']} {s.get('title', '')}") and self._by_tag(s)
                  and (self.ids is None or s["id"] in self.ids)
                  and (self.shard is None or in_shard(s["id"], *self.shard))]
        if not chosen:
            raise Stop(USAGE, f"nothing is selected: none of {len(scenarios)} scenarios is left by "
                              f"{self._words()}")
        return chosen

    def _by_tag(self, scenario: dict) -> bool:
        tags = set(scenario.get("tags", ()))
        return (not self.tags or bool(tags & set(self.tags))) and not tags & set(self.not_tags)

    def _words(self) -> str:
        words = [f"-k '{self.keyword}'"] if self.keyword is not None else []
        words += [f"--tag {tag}" for tag in self.tags]
        words += [f"--not-tag {tag}" for tag in self.not_tags]
        words += [f"--shard {self.shard[0]}/{self.shard[1]}"] if self.shard else []
        words += ["--only-failed"] if self.ids is not None else []
        return " ".join(words)


def in_shard(id: str, i: int, n: int) -> bool:
    digest = hashlib.sha256(id.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8]) % n == i - 1


def failed_last_time(out: Path) -> frozenset[str]:
    """The ids that were not as expected in the results of the last run in `out`."""
    path = out / "results.json"
    try:
        scenarios = json.loads(path.read_text(encoding="utf-8"))["scenarios"]
        failed = frozenset(s["id"] for s in scenarios if s["verdict"] in verdicts.BAD)
    except FileNotFoundError:
        raise Stop(
            USAGE, f"--only-failed: there are no results of an earlier run: {path}") from None
    except (OSError, ValueError, KeyError, TypeError) as e:
        raise Stop(USAGE, f"--only-failed: {path} holds no results ({e})") from e
    if not failed:
        raise Stop(USAGE, f"nothing is selected: no scenario failed in {path}")
    return failed


def expression(text: str) -> Callable[[str], bool]:
    """The test that a -k expression stands for: words are looked for without regard to case, joined
    by `and`, `or`, `not` and parentheses; a word with blanks stands in double quotes."""
    tokens = []
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if not match:
            raise BadExpression("a quotation mark is not closed")
        bracket, quoted, word = match.groups()
        tokens.append(("word", quoted) if quoted is not None else ("word", word)
                      if word and word.lower() not in ("and", "or", "not")
                      else (bracket or word.lower(), ""))
        at = match.end()
    parser = _Parser(tokens)
    test = parser.either()
    if parser.kind() is not None:
        raise BadExpression(f"'{parser.kind()}' is not expected there" if parser.kind() != "word"
                            else f"'and' or 'or' is missing before '{parser.tokens[0][1]}'")
    return lambda text: test(text.lower())


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]]):
        self.tokens = tokens

    def kind(self) -> str | None:
        return self.tokens[0][0] if self.tokens else None

    def either(self):
        left = self._both()
        while self.kind() == "or":
            self.tokens.pop(0)
            left = (lambda a, b: lambda text: a(text) or b(text))(left, self._both())
        return left

    def _both(self):
        left = self._one()
        while self.kind() == "and":
            self.tokens.pop(0)
            left = (lambda a, b: lambda text: a(text) and b(text))(left, self._one())
        return left

    def _one(self):
        kind, word = self.tokens.pop(0) if self.tokens else (None, "")
        if kind == "not":
            test = self._one()
            return lambda text: not test(text)
        if kind == "(":
            test = self.either()
            if self.kind() != ")":
                raise BadExpression("a parenthesis is not closed")
            self.tokens.pop(0)
            return test
        if kind != "word":
            raise BadExpression(f"a word is missing {f'before {kind!r}' if kind else 'at the end'}")
        word = word.lower()
        return lambda text: word in text
