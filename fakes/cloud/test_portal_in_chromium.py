"""The envelope and the portal in a real browser: headless Chromium on loopback.

Screenshots of each page, for a desktop and for a phone, go to the folder `portal-pages` of the
build (or to SEALCHECK_SCREENSHOTS), with a list of what they show; `./sealcheck run --screenshots
build/dev/portal-pages` puts them into the report.
"""

import email
import email.policy
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from email.message import EmailMessage
from pathlib import Path

import pytest

webdriver = pytest.importorskip("selenium.webdriver", reason="python3-selenium is not installed")
from selenium.common.exceptions import WebDriverException  # noqa: E402
from selenium.webdriver.chrome.service import Service  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("SEALCHECK_BUILD", ROOT / "build/dev"))
PORTAL = BUILD / "fakes/cloud/portal_on_loopback"
PICTURES = Path(os.environ.get("SEALCHECK_SCREENSHOTS", BUILD / "portal-pages"))
PASSWORD = "correct horse battery"
SIZES = {"desktop": (1100, 900), "phone": (390, 844)}

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed"),
    pytest.mark.skipif(not DRIVER, reason="chromium-driver is not installed"),
]


def letter() -> bytes:
    message = EmailMessage(policy=email.policy.SMTP)
    message["From"] = "Alice Archer <alice@corp.test>"
    message["To"] = "bob@partner.test"
    message["Subject"] = "Minutes of Monday's meeting"
    message["Date"] = "Mon, 23 Nov 2026 17:07:38 +0100"
    message.set_content("Dear Bob,\n\nhere are the minutes, with the figures that we talked about. "
                        "Please keep\nthem to yourself until the auditors have been here: "
                        "Grüße aus Köln.\n\nIf something is missing <b>let me know</b>.\n\nAlice\n")
    message.add_attachment(b"%PDF-1.4 minutes", maintype="application", subtype="pdf",
                           filename="Minutes Köln.pdf")
    message.add_attachment("<script>document.title='run'</script>", subtype="html",
                           filename="figures.html")
    return bytes(message)


def second_letter() -> bytes:
    message = EmailMessage(policy=email.policy.SMTP)
    message["From"], message["To"] = "alice@corp.test", "bob@partner.test"
    message["Subject"] = "One more thing"
    message.set_content("<p>The <b>second</b> message.</p><script>document.title='run'</script>"
                        "<img src='https://localhost:9/spy'>", subtype="html")
    return bytes(message)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition, what: str, seconds: float = 20):
    for _ in range(int(seconds * 20)):
        if found := condition():
            return found
        time.sleep(0.05)
    pytest.fail(f"never: {what}")


def is_gone(element) -> bool:
    try:
        element.is_enabled()
    except WebDriverException:
        return True
    return False


class PortalService:
    """The portal, and the mail that has come for Bob."""

    def __init__(self, folder: Path):
        self.folder = folder
        for name, content in (("1.eml", letter()), ("2.eml", second_letter())):
            (folder / name).write_bytes(content)
        self.port = free_port()
        self.origin = f"https://localhost:{self.port}"
        self.process = subprocess.Popen(
            [PORTAL, folder, str(self.port), "bob@partner.test", folder / "1.eml",
             folder / "2.eml"], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout.readline() == "ready\n"

    def save_attachment(self, number: int) -> Path:
        """As a mail program does: message.html out of the delivered message."""
        message = email.message_from_bytes((self.folder / f"envelope-{number}.eml").read_bytes(),
                                           policy=email.policy.default)
        assert message.get_content_type() == "multipart/mixed"
        notice, page = message.iter_parts()
        assert notice.get_content_type() == "text/plain"
        assert page.get_content_type() == "text/html" and page.is_attachment()
        assert page.get_filename() == "message.html"
        saved = self.folder / f"message-{number}.html"
        saved.write_text(page.get_content())
        return saved

    def mailed_link(self, number: int) -> str:
        mail = self.folder / f"mail-{number}.eml"
        wait_for(mail.exists, "the portal mails a link")
        message = email.message_from_bytes(mail.read_bytes(), policy=email.policy.default)
        assert message["To"] == "bob@partner.test"
        return re.search(r"https://\S+", message.get_content())[0]

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=20) == 0


@pytest.fixture
def service(tmp_path):
    running = PortalService(tmp_path)
    yield running
    running.end()


def chromium(size: str, folder: Path):
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    width, height = SIZES[size]
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
                     "--ignore-certificate-errors",  # the lab's CA is nobody else's
                     f"--window-size={width},{height}", f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(argument)
    if size == "phone":
        options.add_experimental_option("mobileEmulation", {
            "deviceMetrics": {"width": width, "height": height, "pixelRatio": 2.0}})
    options.add_experimental_option(
        "prefs", {"download.default_directory": str(folder / "saved")})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(service=Service(DRIVER), options=options)
    driver.size_name = size
    return driver


@pytest.fixture(params=list(SIZES))
def browser(request, tmp_path, service):
    driver = chromium(request.param, tmp_path)
    yield driver
    driver.quit()


def pixels_too_wide(browser) -> int:
    return browser.execute_script(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth")


taken: dict[str, dict[str, dict]] = {}  # caption -> size -> what pictures.json says of it


class Reader:
    """Bob at his browser."""

    def __init__(self, browser):
        self.browser = browser

    def picture(self, caption: str):
        PICTURES.mkdir(parents=True, exist_ok=True)
        size = self.browser.size_name
        views = taken.setdefault(caption, {})
        views[size] = {"file": f"{list(taken).index(caption) + 1:02} {caption}, {size}.png",
                       "view": size, "alt": f"{caption}, on a {size}: {self.heading()}"}
        self.browser.save_screenshot(str(PICTURES / views[size]["file"]))
        wide = pixels_too_wide(self.browser)
        assert wide <= 0, f"{caption}: {wide} pixels too wide"

    def heading(self) -> str:
        return self.browser.find_element(By.TAG_NAME, "h1").text

    def press(self, label: str):
        old = self.browser.find_element(By.TAG_NAME, "html")
        buttons = self.browser.find_elements(By.TAG_NAME, "button")
        next(button for button in buttons if button.text == label).click()
        wait_for(lambda: is_gone(old), f"the page before {label} goes")
        wait_for(lambda: self.browser.find_elements(By.CSS_SELECTOR, "footer"),
                 f"a page after {label}")

    def fill(self, **values: str):
        for name, value in values.items():
            field = self.browser.find_element(By.NAME, name)
            field.clear()
            field.send_keys(value)

    def text(self) -> str:
        return self.browser.find_element(By.TAG_NAME, "main").text


def test_a_recipient_reads_his_messages(service, browser, tmp_path):
    bob = Reader(browser)
    browser.get(service.save_attachment(1).as_uri())
    assert len(browser.find_elements(By.TAG_NAME, "form")) == 1
    assert len(browser.find_elements(By.TAG_NAME, "button")) == 1
    bob.picture("The attached file")
    bob.press("Read message")

    assert browser.current_url == f"{service.origin}/open"
    assert bob.heading() == "Choose a password"
    bob.fill(password=PASSWORD, again=PASSWORD)
    bob.picture("First access")
    bob.press("Register")
    assert bob.heading() == "Please look into your mailbox"
    bob.picture("A link was mailed")

    browser.switch_to.new_window("tab")
    browser.get(service.mailed_link(1))
    bob.fill(password="something else")
    bob.press("Confirm")
    assert "another password" in bob.text()
    bob.fill(password=PASSWORD)
    bob.picture("The mailed link")
    bob.press("Confirm")
    assert bob.heading() == "Your address is confirmed"
    bob.picture("Confirmed")
    browser.close()
    browser.switch_to.window(browser.window_handles[0])

    bob.press("I have confirmed my address")
    bob.fill(password="a wrong one")
    bob.press("Sign in and read")
    assert "not the password" in bob.text()
    bob.picture("A wrong password")
    bob.fill(password=PASSWORD)
    bob.press("Sign in and read")
    assert bob.heading() == "Minutes of Monday's meeting"
    assert "Grüße aus Köln." in bob.text() and "<b>let me know</b>" in bob.text()
    bob.picture("The message")

    for button, name, content in zip(browser.find_elements(By.CSS_SELECTOR, "button.file"),
                                     ("Minutes Köln.pdf", "figures.html"),
                                     (b"%PDF-1.4 minutes", b"<script>")):
        button.click()
        saved = tmp_path / "saved" / name
        wait_for(lambda file=saved: file.exists() and file.stat().st_size, f"{name} is saved")
        assert saved.read_bytes().startswith(content)

    # The second message: the same password, and nothing to register (HYB-20).
    browser.get(service.save_attachment(2).as_uri())
    bob.press("Read message")
    assert bob.heading() == "Sign in to read your message"
    bob.picture("Signing in")
    bob.fill(password=PASSWORD)
    bob.press("Sign in and read")
    assert bob.heading() == "One more thing"
    bob.picture("A formatted message")
    frame = browser.find_element(By.TAG_NAME, "iframe")
    assert frame.get_attribute("sandbox") == ""
    browser.switch_to.frame(frame)
    assert "The second message." in browser.find_element(By.TAG_NAME, "body").text
    browser.switch_to.default_content()
    assert "run" not in browser.title
    bob.press("Sign out")
    assert bob.heading() == "You are signed out"
    bob.picture("Signed out")
    assert not browser.get_cookie("__Host-session")
    # Two refusals that were meant, and what the frame was not allowed to load or to run.
    expected = ("403", "/spy", "about:srcdoc")
    complaints = [entry["message"] for entry in browser.get_log("browser")
                  if entry["level"] == "SEVERE"
                  and not any(word in entry["message"] for word in expected)]
    assert complaints == []


def test_what_was_altered_or_forwarded_is_refused(service, browser):
    bob = Reader(browser)
    saved = service.save_attachment(1)
    page = saved.read_text()
    at = page.index('name="content"') + 40
    saved.write_text(page[:at] + ("A" if page[at] != "A" else "B") + page[at + 1:])
    browser.get(saved.as_uri())
    bob.press("Read message")
    assert bob.heading() == "This message cannot be opened"
    bob.picture("An altered file")

    browser.get(service.save_attachment(1).as_uri())
    bob.press("Read message")
    bob.fill(address="eve@partner.test", password=PASSWORD, again=PASSWORD)
    bob.press("Register")
    assert bob.heading() == "This message is for somebody else"
    bob.picture("A forwarded file")


def make_report(folder: Path) -> Path:
    """A report with the pictures, as a user makes it, of a run with no scenario."""
    (folder / "results.json").write_text(json.dumps({
        "schema": "sealcheck-results/1", "seed": 1, "world": "sim", "sut": "sealgate",
        "summary": {}, "scenarios": [], "requirements": {}}))
    subprocess.run([sys.executable, "-I", ROOT / "sim/driver", "report", "--out", folder,
                    "--screenshots", PICTURES], check=True, capture_output=True)
    return folder / "report.html"


def test_every_page_has_its_pictures_in_the_report(tmp_path):
    """Last: what the others have left."""
    assert len(taken) == 12 and all(list(views) == list(SIZES) for views in taken.values())
    for stale in set(PICTURES.iterdir()) - {
            PICTURES / view["file"] for views in taken.values() for view in views.values()}:
        stale.unlink()
    (PICTURES / "pictures.json").write_text(json.dumps({"pages": [
        {"caption": caption, "pictures": list(views.values())}
        for caption, views in taken.items()]}, indent=1))
    report = make_report(tmp_path)
    for size in SIZES:
        (tmp_path / size).mkdir()
        browser = chromium(size, tmp_path / size)
        try:
            browser.get(report.as_uri())
            shown = browser.find_elements(By.CSS_SELECTOR, "figure.page")
            assert [page.find_element(By.CSS_SELECTOR, "figcaption").text.split(" ", 1)[1]
                    for page in shown] == list(taken)
            for page in shown:
                desktop, phone = page.find_elements(By.TAG_NAME, "img")
                assert "on a desktop: " in desktop.get_attribute("alt")
                # Chromium has decoded them, and shows them side by side or one below the other.
                for picture in (desktop, phone):
                    assert browser.execute_script(
                        "return arguments[0].complete && arguments[0].naturalWidth > 300", picture)
                beside = phone.rect["x"] >= desktop.rect["x"] + desktop.rect["width"]
                below = phone.rect["y"] >= desktop.rect["y"] + desktop.rect["height"]
                assert beside if size == "desktop" else below
                if size == "desktop":
                    assert abs(phone.rect["height"] - desktop.rect["height"]) < 8
            assert pixels_too_wide(browser) <= 0
            browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
            assert all(page.rect["height"] < 900 for page in shown) or size == "phone"  # A4: 1009
            assert pixels_too_wide(browser) <= 0
            browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
            assert [e for e in browser.get_log("browser") if e["level"] == "SEVERE"] == []
            browser.save_screenshot(str(tmp_path / f"report-{size}.png"))
        finally:
            browser.quit()
