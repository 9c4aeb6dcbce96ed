"""Another parser's opinion of the corpus: Python's email package against expected.txt.

What sealgate makes of each message stands in expected.txt (a unit test of reference/message keeps
that true). Here the same summary is made with a parser that shares nothing with it. Where the two
do not agree, the message is listed in DIFFERENCES with the reason, and must really differ.
"""

import email
import email.policy
import re
import zlib
from email.header import decode_header
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
MESSAGES = sorted(HERE.glob("*.eml"))

DIFFERENCES = {
    "attachment_disguised_pdf.eml": "bytes beyond ASCII without a charset: Windows-1252 or U+FFFD",
    "attachment_uuencoded_cte.eml": "Python decodes x-uuencode, which no standard knows; we do not",
    "broken_boundary_never_comes.eml": "Python keeps the type multipart; we call it the text it is",
    "broken_header_line.eml": "Python ends the header at the line that is no field",
    "broken_missing_boundary_parameter.eml": "Python keeps the type multipart; we call it text",
    "broken_nested_too_deep.eml": "we stop at the bound of 20",
    "broken_part_header_too_long.eml": "we stop at the bound of 1,000 fields",
    "broken_too_many_encoded_words.eml": "we stop at the bound of 2,000 encoded words",
    "broken_too_many_parts.eml": "we stop at the bound of 500 parts",
    "comments_in_headers.eml": "Python takes the comment for a part of the type",
    "delivery_report.eml": "a status is to Python a message of headers, to us one text",
    "forwarded_base64.eml": "Python does not decode a message that is encoded against RFC 2046",
    "read_receipt.eml": "the same for a disposition",
    "report_about_quarterly_results.eml": "as for delivery_report.eml",
}


def expected():
    blocks = {}
    for line in (HERE / "expected.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):
            lines = blocks.setdefault(line, [])
        elif not re.match(r"    (hidden|defect|exception):", line):
            lines.append(line.strip())
    return blocks


def decoded_words(text):
    return "".join(part.decode(charset or "ascii", "replace") if isinstance(part, bytes) else part
                   for part, charset in decode_header(text))


def plain(data):
    return data.replace(b"\r", b"").rstrip(b"\n")


def line_of(part, path):
    name = part.get_filename()
    out = f"{path} {part.get_content_type()}"
    if name:
        out += f' file "{decoded_words(name)}"'
    if part.get_content_disposition() == "attachment":
        out += " attachment"
    if part.is_multipart() or part.get_content_maintype() == "multipart" \
            or part.get_content_type() in ("message/rfc822",):
        return out
    data = part.get_payload(decode=True) or b""
    if part.get_content_maintype() != "text":
        if part.get("Content-Transfer-Encoding", "").lower() != "base64":
            data = plain(data)
        return out + f" octets {len(data)} {zlib.crc32(data):08x}"
    charset = part.get_content_charset() or "utf-8"
    try:
        text = data.decode(charset, "replace")
    except LookupError:
        text = data.decode("utf-8", "replace")
    data = plain(text.encode("utf-8"))
    return out + f" text {len(data)} {zlib.crc32(data):08x}"


def lines_of(part, path):
    yield line_of(part, path)
    if not part.is_multipart() or part.get_content_type() == "message/delivery-status":
        return
    for number, child in enumerate(part.get_payload(), 1):
        yield from lines_of(child, f"{path}.{number}")


def read(path):
    data = re.sub(rb"\r?\n", b"\r\n", path.read_bytes())
    return email.message_from_bytes(data, policy=email.policy.compat32)


@pytest.mark.parametrize("path", MESSAGES, ids=lambda path: path.stem)
def test_python_sees_the_same_parts(path):
    seen = list(lines_of(read(path), "1"))
    wanted = expected()[path.name]
    if path.name in DIFFERENCES:
        assert seen != wanted, "they agree by now: strike it off the list"
    else:
        assert seen == wanted


def test_every_message_is_expected_and_every_difference_exists():
    assert set(expected()) == {path.name for path in MESSAGES}
    assert set(DIFFERENCES) <= {path.name for path in MESSAGES}
    assert len(MESSAGES) >= 60
