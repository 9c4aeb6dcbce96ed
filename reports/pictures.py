"""Pictures for the HTML report: screenshots of one folder, each page with its caption and views.

`pictures.json` in the folder says what they show; without it every .png is a page of its own, by
its name:

    {"pages": [{"caption": "The attached file", "pictures": [
        {"file": "a.png", "view": "desktop", "alt": "…"}, {"file": "b.png", "view": "phone"}]}]}

`alt` may be absent. The report carries the pictures in itself, so that it may be sent to somebody.
"""

import base64
import json
import struct
from dataclasses import dataclass
from pathlib import Path

LIST = "pictures.json"
_BEGIN = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"  # ISO/IEC 15948, 5.2 and 11.2.2
_END = b"\0\0\0\0IEND\xaeB`\x82"


class PicturesError(ValueError):
    """The folder cannot be shown: its text names the place and what is wrong there."""


@dataclass(frozen=True)
class Picture:
    view: str  # "desktop"; empty: there is one
    alt: str
    width: int
    height: int
    png: bytes

    @property
    def data(self) -> str:
        return "data:image/png;base64," + base64.b64encode(self.png).decode("ascii")


@dataclass(frozen=True)
class Page:
    caption: str
    pictures: tuple[Picture, ...]


def read(folder: Path) -> tuple[Page, ...]:
    """At least one page, in the list's order. Raises PicturesError."""
    if not folder.is_dir():
        raise PicturesError(f"no such folder of screenshots: {folder}")
    try:
        pages = _pages(folder)
    except OSError as e:
        raise PicturesError(f"{e.filename or folder}: {e.strerror or e}") from e
    if not pages:
        raise PicturesError(f"{folder}: there is no .png in it, and no {LIST}")
    return pages


def _pages(folder: Path) -> tuple[Page, ...]:
    path = folder / LIST
    if not path.exists():
        return tuple(Page(file.stem, (_picture(file, "", file.stem),))
                     for file in sorted(folder.glob("*.png")))
    try:
        return tuple(_page(folder, page) for page in json.loads(path.read_text("utf-8"))["pages"])
    except PicturesError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError) as e:
        raise PicturesError(
            f"{path}: this is no list of pictures ({type(e).__name__}: {e}); without the file "
            "every .png is shown by its name") from e


def _page(folder: Path, page: dict) -> Page:
    caption, pictures = str(page["caption"]), []
    for entry in page["pictures"]:
        name, view = str(entry["file"]), str(entry.get("view", ""))
        if Path(name).name != name:
            raise PicturesError(f"{folder / LIST}: {name!r} is no name of a file in this folder")
        alt = str(entry.get("alt") or (f"{caption}, {view}" if view else caption))
        pictures.append(_picture(folder / name, view, alt))
    return Page(caption, tuple(pictures))


def _picture(file: Path, view: str, alt: str) -> Picture:
    png = file.read_bytes()
    # A file that was cut off shows in part only, and an endless one not at all.
    if not png.startswith(_BEGIN) or not png.endswith(_END):
        raise PicturesError(f"{file} is no PNG file" if png[:8] != _BEGIN[:8] else
                            f"{file} is no whole PNG file")
    width, height = struct.unpack(">II", png[16:24])
    if not width or not height:
        raise PicturesError(f"{file} is no PNG file: it has no size")
    return Picture(view, alt, width, height, png)
