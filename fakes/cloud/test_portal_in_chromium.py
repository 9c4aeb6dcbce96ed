"""The envelope and the portal in a real browser: headless Chromium on loopback.

Screenshots of each page, for a desktop and for a phone, go to the folder `portal-pages` of the
build (or to SEALCHECK_SCREENSHOTS), with an index.html that shows them.
"""

import email
import email.policy
import html
import os
import re
import shutil
import signal
import socket
import subprocess
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


@pytest.fixture(params=list(SIZES))
def browser(request, tmp_path, service):
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    width, height = SIZES[request.param]
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
                     "--ignore-certificate-errors",  # the lab's CA is nobody else's
                     f"--window-size={width},{height}", f"--user-data-dir={tmp_path / 'profile'}"):
        options.add_argument(argument)
    if request.param == "phone":
        options.add_experimental_option("mobileEmulation", {
            "deviceMetrics": {"width": width, "height": height, "pixelRatio": 2.0}})
    options.add_experimental_option(
        "prefs", {"download.default_directory": str(tmp_path / "saved")})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(service=Service(DRIVER), options=options)
    driver.size_name = request.param
    yield driver
    driver.quit()


class Reader:
    """Bob at his browser."""

    def __init__(self, browser, pictures: int = 0):
        self.browser, self.pictures = browser, pictures

    def picture(self, title: str):
        self.pictures += 1
        PICTURES.mkdir(parents=True, exist_ok=True)
        name = f"{self.browser.size_name}-{self.pictures:02} {title}.png"
        self.browser.save_screenshot(str(PICTURES / name))
        wide = self.browser.execute_script(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{title}: {wide} pixels too wide"

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
    bob.picture("the attached file")
    bob.press("Read message")

    assert browser.current_url == f"{service.origin}/open"
    assert bob.heading() == "Choose a password"
    bob.fill(password=PASSWORD, again=PASSWORD)
    bob.picture("first access")
    bob.press("Register")
    assert bob.heading() == "Please look into your mailbox"
    bob.picture("a link was mailed")

    browser.switch_to.new_window("tab")
    browser.get(service.mailed_link(1))
    bob.fill(password="something else")
    bob.press("Confirm")
    assert "another password" in bob.text()
    bob.fill(password=PASSWORD)
    bob.picture("the mailed link")
    bob.press("Confirm")
    assert bob.heading() == "Your address is confirmed"
    bob.picture("confirmed")
    browser.close()
    browser.switch_to.window(browser.window_handles[0])

    bob.press("I have confirmed my address")
    bob.fill(password="a wrong one")
    bob.press("Sign in and read")
    assert "not the password" in bob.text()
    bob.picture("a wrong password")
    bob.fill(password=PASSWORD)
    bob.press("Sign in and read")
    assert bob.heading() == "Minutes of Monday's meeting"
    assert "Grüße aus Köln." in bob.text() and "<b>let me know</b>" in bob.text()
    bob.picture("the message")

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
    bob.picture("signing in")
    bob.fill(password=PASSWORD)
    bob.press("Sign in and read")
    assert bob.heading() == "One more thing"
    bob.picture("a formatted message")
    frame = browser.find_element(By.TAG_NAME, "iframe")
    assert frame.get_attribute("sandbox") == ""
    browser.switch_to.frame(frame)
    assert "The second message." in browser.find_element(By.TAG_NAME, "body").text
    browser.switch_to.default_content()
    assert "run" not in browser.title
    bob.press("Sign out")
    assert bob.heading() == "You are signed out"
    bob.picture("signed out")
    assert not browser.get_cookie("__Host-session")
    # Two refusals that were meant, and what the frame was not allowed to load or to run.
    expected = ("403", "/spy", "about:srcdoc")
    complaints = [entry["message"] for entry in browser.get_log("browser")
                  if entry["level"] == "SEVERE"
                  and not any(word in entry["message"] for word in expected)]
    assert complaints == []


def test_what_was_altered_or_forwarded_is_refused(service, browser):
    bob = Reader(browser, pictures=10)
    saved = service.save_attachment(1)
    page = saved.read_text()
    at = page.index('name="content"') + 40
    saved.write_text(page[:at] + ("A" if page[at] != "A" else "B") + page[at + 1:])
    browser.get(saved.as_uri())
    bob.press("Read message")
    assert bob.heading() == "This message cannot be opened"
    bob.picture("an altered file")

    browser.get(service.save_attachment(1).as_uri())
    bob.press("Read message")
    bob.fill(address="eve@partner.test", password=PASSWORD, again=PASSWORD)
    bob.press("Register")
    assert bob.heading() == "This message is for somebody else"
    bob.picture("a forwarded file")


def test_every_page_has_its_picture():
    """Last: the index of what the others have left."""
    pictures = sorted(PICTURES.glob("*.png"))
    assert {name.name.split("-")[0] for name in pictures} == set(SIZES)
    (PICTURES / "index.html").write_text(
        "<!DOCTYPE html><meta charset='utf-8'><title>The envelope and the portal</title><style>"
        "body{font:16px system-ui;margin:2rem;background:#eee}figure{display:inline-block;"
        "vertical-align:top;margin:1rem}img{border:1px solid #999;max-height:40rem}</style>"
        "<h1>The envelope and the portal in Chromium</h1>" + "".join(
            f"<figure><img src=\"{html.escape(name.name)}\" alt=\"\"><figcaption>"
            f"{html.escape(name.stem)}</figcaption></figure>" for name in pictures))
