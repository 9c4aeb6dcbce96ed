"""Screenshots in the page: with caption and text for who does not see them, and refused when they
are none."""

import base64
import json
import re
import struct
import zlib

import pytest
from result_samples import HOSTILE
from test_html import Page

from reports import html, pictures


def png(width: int = 2, height: int = 1) -> bytes:
    """As ISO/IEC 15948 has it, made by hand: grey, one octet for each pixel."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)
    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def listed(folder, *entries, caption="The attached file"):
    (folder / "pictures.json").write_text(json.dumps(
        {"pages": [{"caption": caption, "pictures": list(entries)}]}))


def test_pictures_of_a_page_stand_side_by_side_with_their_words(results, tmp_path):
    (tmp_path / "a.png").write_bytes(png(11, 9))
    (tmp_path / "b.png").write_bytes(png(4, 8))
    listed(tmp_path, {"file": "a.png", "view": "desktop", "alt": "A page with one button"},
           {"file": "b.png", "view": "phone"})
    text = html.make(results, pictures.read(tmp_path))
    page = Page(text)
    words = " ".join(" ".join(page.words).split())
    assert "portal" in page.ids and "Portal, as a recipient sees it" in words
    assert "1 The attached file" in words and "desktop" in words and "phone" in words
    alts = re.findall(r'<img src="[^"]*" width="(\d+)" height="(\d+)" alt="([^"]*)">', text)
    assert alts == [("11", "9", "A page with one button"), ("4", "8", "The attached file, phone")]
    sources = [link for link in page.links if link.startswith("data:image/png;base64,")]
    assert [base64.b64decode(s.split(",")[1]) for s in sources] == [png(11, 9), png(4, 8)]
    assert "img-src data:" in text


def test_without_pictures_there_is_no_section_and_no_leave_to_load_one(results):
    text = html.make(results)
    assert "recipient sees it" not in text and "img-src" not in text


def test_without_a_list_a_picture_is_shown_by_its_name(tmp_path):
    for name in ("2 the letter.png", "1 signing in.png"):
        (tmp_path / name).write_bytes(png())
    assert [(page.caption, page.pictures[0].alt) for page in pictures.read(tmp_path)] == [
        ("1 signing in", "1 signing in"), ("2 the letter", "2 the letter")]


def test_captions_are_text(results, tmp_path):
    (tmp_path / "a.png").write_bytes(png())
    listed(tmp_path, {"file": "a.png", "view": HOSTILE, "alt": HOSTILE}, caption=HOSTILE)
    page = Page(html.make(results, pictures.read(tmp_path)))
    assert "script" not in page.tags


@pytest.mark.parametrize("content, why", [
    (b"GIF89a", "is no PNG file"), (b"", "is no PNG file"), (png()[:-1], "is no whole PNG file"),
    (png()[:20], "is no whole PNG file"), (png(0), "it has no size")])
def test_what_is_no_picture_is_named(tmp_path, content, why):
    (tmp_path / "a.png").write_bytes(content)
    with pytest.raises(pictures.PicturesError, match=rf"a\.png {why}|a\.png is .*{why}"):
        pictures.read(tmp_path)


def test_a_folder_that_cannot_be_shown_is_named(tmp_path):
    for prepare, why in [
            (lambda: None, "there is no .png in it"),
            (lambda: listed(tmp_path, {"file": "gone.png"}), "gone.png: No such file"),
            (lambda: listed(tmp_path, {"file": "../a.png"}), "'../a.png' is no name of a file in"),
            (lambda: listed(tmp_path, "a.png"), "this is no list of pictures"),
            (lambda: (tmp_path / "pictures.json").write_text("{"), "this is no list of pictures"),
            (lambda: (tmp_path / "pictures.json").write_text("[]"), "this is no list of pictures")]:
        prepare()
        with pytest.raises(pictures.PicturesError, match=re.escape(why)):
            pictures.read(tmp_path)
    with pytest.raises(pictures.PicturesError, match="no such folder"):
        pictures.read(tmp_path / "nowhere")
