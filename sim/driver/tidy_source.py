"""Blanks the comments and literals of a C++ source, so that a rule does not trip over prose."""

import re

_TOKEN = re.compile(
    r"""//[^\n]*                                    # a comment to the end of the line
      | /\*.*?\*/                                   # a comment
      | R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)"  # a raw string
      | "(?:[^"\\\n]|\\.)*"                         # a string
      | (?<![0-9a-fA-F])'(?:[^'\\\n]|\\.)+'         # a character; not the ' of 1'000'000
    """, re.S | re.X)


def blank(text: str) -> str:
    """`text` with comments and literals as spaces: what is left stays on its line and column."""
    return _TOKEN.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
