"""sealgate on real sockets, seen by swaks, the openssl tool and sealgatectl."""

import http.client
import json
import os
import re
import signal
import smtplib
import socket
import ssl
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("SEALCHECK_BUILD", ROOT / "build/dev"))
SEALGATE = BUILD / "reference/daemon/sealgate"
CTL = ROOT / "reference/admin/sealgatectl"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Daemon:
    def __init__(self, folder: Path, extra: str = ""):
        self.folder, self.extra = folder, extra
        self.smtp, self.http, nowhere = free_port(), free_port(), free_port()
        self.nowhere = nowhere
        self.config = folder / "sealgate.conf"
        self.config.write_text(self.text())
        self.process = None

    def text(self, more: str = "") -> str:
        return (f"# Kept.\nhostname gw.corp.test\nprotected-domain corp.test\n"
                f"trusted-clients 127.0.0.1\nlisten 127.0.0.1:{self.smtp}\n"
                f"dns-server 127.0.0.1:{self.nowhere}\n"
                f"administration {{ listen 127.0.0.1:{self.http} }}\n"
                f"administrator carol at carol@corp.test\n{self.extra}{more}")

    def start(self):
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen([SEALGATE, "--config", self.config], stderr=log)
        self.wait_for("ready for mail", since=0)

    def log(self) -> str:
        return (self.folder / "log").read_text()

    def wait_for(self, text: str, since: int):
        for _ in range(400):
            if text in self.log()[since:]:
                return
            assert self.process.poll() is None, self.log()
            time.sleep(0.05)
        pytest.fail(f"never said {text!r}:\n{self.log()}")

    def end(self, number=signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=20)

    def token(self) -> str:
        done = subprocess.run([SEALGATE, "--config", self.config, "--make-token", "carol"],
                              capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def ask(self, method, path, token, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.http, timeout=30)
        connection.request(method, path, body, {"Authorization": f"Bearer {token}"})
        response = connection.getresponse()
        return response.status, json.loads(response.read())

    def ctl(self, *arguments, code=0):
        if not (self.folder / "token").exists():
            (self.folder / "token").touch(mode=0o600)
            (self.folder / "token").write_text(self.token())
        done = subprocess.run(
            [sys.executable, CTL, "--gateway", f"127.0.0.1:{self.http}", "--token-file",
             self.folder / "token", *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def swaks(self, *arguments, code=0):
        done = subprocess.run(
            ["swaks", "--server", "127.0.0.1", "--port", str(self.smtp), "--from",
             "alice@corp.test", "--to", "bob@partner.test", *arguments],
            capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def presented(self) -> str:
        done = subprocess.run(
            ["openssl", "s_client", "-starttls", "smtp", "-connect", f"127.0.0.1:{self.smtp}"],
            input="QUIT\r\n", capture_output=True, text=True, check=False)
        pem = re.search(r"-----BEGIN.*?-----END CERTIFICATE-----", done.stdout, re.S)
        assert pem, done.stdout + done.stderr
        shown = subprocess.run(["openssl", "x509", "-noout", "-subject", "-issuer",
                                "-fingerprint", "-sha256"], input=pem[0], capture_output=True,
                               text=True, check=True)
        return shown.stdout


@pytest.fixture
def daemon(tmp_path):
    made = Daemon(tmp_path)
    made.start()
    yield made
    if made.process.poll() is None:
        made.end(signal.SIGKILL)


def test_mail_is_taken_plain_and_over_tls_and_outlives_a_kill(daemon):
    daemon.swaks()
    assert "TLS started" in daemon.swaks("--tls")
    daemon.end(signal.SIGKILL)
    daemon.start()
    entries = json.loads(daemon.ctl("--json", "queue"))
    assert [entry["recipient"] for entry in entries] == ["bob@partner.test"] * 2
    assert "bob@partner.test" in daemon.ctl("queue")
    daemon.ctl("queue", "delete", entries[0]["id"])
    assert len(json.loads(daemon.ctl("--json", "queue", "list"))) == 1
    assert "no queue holds" in daemon.ctl("queue", "delete", entries[0]["id"], code=1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_in_order(daemon, number):
    assert daemon.end(number) == 0
    assert "stopping" in daemon.log()


def test_a_bad_file_is_refused_with_its_place(tmp_path):
    bad = tmp_path / "sealgate.conf"
    bad.write_text("hostname gw.corp.test\nprotected-domain corp.test\nlisten nonsense\n")
    done = subprocess.run([SEALGATE, "--config", bad], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and f"{bad}:3:8" in done.stderr


def test_sighup_reads_the_file_again_or_leaves_everything_as_it_is(daemon):
    since = len(daemon.log())
    daemon.config.write_text(daemon.text("message-size-maximum 1kB\n"))
    daemon.process.send_signal(signal.SIGHUP)
    daemon.wait_for("read again", since)
    daemon.swaks("--body", "x" * 2000, code=26)
    since = len(daemon.log())
    daemon.config.write_text(daemon.text("nonsense\n"))
    daemon.process.send_signal(signal.SIGHUP)
    daemon.wait_for("stay as they are", since)
    assert "sealgate.conf:9:1" in daemon.log()[since:]
    daemon.swaks("--body", "x" * 2000, code=26)


def test_the_documents_commands_make_a_certificate_that_is_presented(daemon):
    before = daemon.presented()
    assert "CN = gw.corp.test" in before
    files = daemon.folder

    def openssl(*arguments):
        subprocess.run(["openssl", *map(str, arguments)], cwd=files, check=True,
                       capture_output=True)

    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.crt",
            "-subj", "/CN=Third Party CA", "-days", "30")
    openssl("genrsa", "-aes128", "-passout", "pass:tiger", "-out", "certificate.key", "2048")
    openssl("req", "-new", "-key", "certificate.key", "-passin", "pass:tiger", "-subj",
            "/C=US/O=Corp/CN=gw.corp.test", "-out", "certificate.csr")
    openssl("x509", "-req", "-in", "certificate.csr", "-CA", "ca.crt", "-CAkey", "ca.key",
            "-CAcreateserial", "-days", "30", "-out", "certificate.crt")
    openssl("pkcs12", "-export", "-in", "certificate.crt", "-inkey", "certificate.key", "-passin",
            "pass:tiger", "-passout", "pass:abc123", "-out", "certificate.pfx")
    pfx = str(files / "certificate.pfx")
    assert "Password" in daemon.ctl("certificate", "import", "--yes", pfx, "--password", "wrong",
                                    code=1)
    assert daemon.presented() == before
    daemon.ctl("certificate", "import", "--yes", pfx, "--password", "abc123")
    assert "issuer=CN = Third Party CA" in daemon.presented()
    assert "Third Party CA" in daemon.ctl("certificate", "view")
    daemon.end(signal.SIGKILL)
    daemon.start()
    assert "issuer=CN = Third Party CA" in daemon.presented()
    daemon.ctl("certificate", "export", str(files / "out.pfx"), "--password", "abc123")
    openssl("pkcs12", "-in", "out.pfx", "-passin", "pass:abc123", "-nodes", "-out", "out.pem")
    # A request by the gateway, signed by the CA.
    daemon.ctl("certificate", "request", "country=US", "organization=Corp", "--out",
               str(files / "gw.csr"))
    openssl("req", "-in", "gw.csr", "-verify", "-noout")
    openssl("x509", "-req", "-in", "gw.csr", "-CA", "ca.crt", "-CAkey", "ca.key",
            "-CAcreateserial", "-days", "30", "-out", "gw.crt")
    last = daemon.presented()
    daemon.ctl("certificate", "import", "--yes", "--signed", str(files / "gw.crt"))
    assert "O = Corp" in daemon.presented() != last
    assert "+ " in daemon.ctl("trusted", "add", str(files / "ca.crt"))
    found = json.loads(daemon.ctl("--json", "trusted", "search", "third party"))
    assert [one["common-name"] for one in found] == ["Third Party CA"]
    assert "already" in daemon.ctl("trusted", "add", str(files / "ca.crt"), code=1)
    assert "no CA" in daemon.ctl("trusted", "add", str(files / "gw.crt"), code=1)
    daemon.ctl("trusted", "remove", found[0]["sha256"])
    assert json.loads(daemon.ctl("--json", "trusted", "search", "third party")) == []
    daemon.ctl("certificate", "generate")
    assert "issuer=CN = gw.corp.test" in daemon.presented()


def test_an_open_connection_finishes_with_the_old_certificate(daemon):
    context = ssl._create_unverified_context()

    def connected():
        client = smtplib.SMTP("127.0.0.1", daemon.smtp, timeout=20)
        client.starttls(context=context)
        return client, client.sock.getpeercert(binary_form=True)

    early, old = connected()
    daemon.ctl("certificate", "generate")
    assert early.noop()[0] == 250
    late, new = connected()
    assert new != old
    for client in (early, late):
        client.sendmail("alice@corp.test", ["bob@partner.test"], "Subject: both\r\n\r\nyes\r\n")
        client.quit()
    assert len(json.loads(daemon.ctl("--json", "queue"))) == 2


def test_pages_and_settings(daemon):
    assert "Encryption" in daemon.ctl("pages")
    assert "tls off" in daemon.ctl("pages", "Encryption", "--set", "encryption { tls off }")
    assert "tls off" in daemon.ctl("pages", "Encryption")
    text = daemon.config.read_text()
    assert text.startswith("# Kept.") and "encryption { tls off }" in text
    assert "not on the page" in daemon.ctl("pages", "Encryption", "--set", "hostname x.test",
                                           code=1)
    assert "carol on Settings > Inbound/Outbound > Encryption: + encryption" in daemon.log()
    assert daemon.ctl("settings") == text


def test_policies_of_other_owners_are_not_shown(daemon):
    others = ('administrator erin at erin@corp.test\npolicy "Board" { owners erin; '
              'when subject contains "merger"; action encrypt }\n')
    since = len(daemon.log())
    daemon.config.write_text(daemon.text(others))
    daemon.process.send_signal(signal.SIGHUP)
    daemon.wait_for("merger", since)
    page = daemon.ctl("pages", "Manage Policies")
    assert "merger" not in page and "Board" not in page
    token = daemon.token()
    assert daemon.ask("GET", "/settings", token)[0] == 403


@pytest.mark.skipif(not Path("/etc/ssl/certs/ca-certificates.crt").exists(),
                    reason="this machine has no CAs")
def test_the_machines_own_cas_are_the_default_bundle(daemon):
    assert daemon.ctl("--json", "trusted") == "[]\n"
    daemon.ctl("pages", "Encryption", "--set", 'tls { trusted-ca "ca-certificates.crt" }')
    found = json.loads(daemon.ctl("--json", "trusted"))
    assert len(found) > 50
    assert "remove that entry" in daemon.ctl("trusted", "remove", found[0]["sha256"], code=1)
    daemon.ctl("pages", "Encryption", "--remove", 'tls { trusted-ca "ca-certificates.crt" }')
    assert daemon.ctl("--json", "trusted") == "[]\n"
    daemon.ctl("pages", "Encryption", "--set", 'tls { trusted-ca "nowhere.pem" }', code=1)


def test_who_has_no_token_gets_nowhere(daemon):
    token = daemon.token()
    assert daemon.ask("GET", "/queue", token)[0] == 200
    assert daemon.ask("GET", "/queue", token[:-1] + "x")[0] == 401
    assert daemon.ask("GET", "/queue", "")[0] == 401
    kept = daemon.folder / "administrators.tokens"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600 and token not in kept.read_text()
    assert token not in daemon.log()
    kept.chmod(0o644)
    assert daemon.ask("GET", "/queue", token)[0] == 401
    kept.chmod(0o600)
    daemon.token()
    assert daemon.ask("GET", "/queue", token)[0] == 401  # there is a newer one
    done = subprocess.run([SEALGATE, "--config", daemon.config, "--make-token", "mallory"],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "no administrator 'mallory'" in done.stderr


def test_what_is_no_request_is_told_so(daemon):
    token = daemon.token()
    assert daemon.ask("GET", "/nothing", token)[0] == 404
    assert daemon.ask("DELETE", "/queue", token)[0] == 405
    status, answer = daemon.ask("POST", "/certificate/import", token, "no JSON")
    assert status == 400 and answer["field"] == "body"
    status, answer = daemon.ask("POST", "/certificate/import", token, "{}")
    assert status == 400 and answer["field"] == "file"
    status, answer = daemon.ask("POST", "/certificate/import", token, b"x" * 100_000_000)
    assert status == 413 and answer["field"] == "body"
    with socket.create_connection(("127.0.0.1", daemon.http)) as raw:
        raw.sendall(b"nonsense\r\n\r\n")
        assert raw.recv(100).startswith(b"HTTP/1.1 400")


def test_the_interface_is_for_this_machine_alone(tmp_path):
    config = tmp_path / "sealgate.conf"
    config.write_text("hostname gw.corp.test\nprotected-domain corp.test\n"
                      "dns-server 127.0.0.1:53\nadministration { listen 0.0.0.0:8025 }\n")
    done = subprocess.run([SEALGATE, "--config", config, "--check"], capture_output=True,
                          text=True, check=False)
    assert done.returncode == 2 and "loopback" in done.stderr and ":4:" in done.stderr


def test_a_password_is_sealed_and_shown_nowhere(tmp_path):
    password = "hunter2-of-the-leg"

    def third_party(rest=""):
        return ('third-party { trigger "X-E:y"; success "X-S:y"; failure "X-S:n"; '
                f'server 192.0.2.40:25; require-authentication user "g" password "{password}"; '
                f"{rest} }}\n")

    made = Daemon(tmp_path, third_party())
    made.start()
    told = []
    try:
        token = made.token()

        def ask(method, path, body=None, status=200):
            answered, value = made.ask(method, path, token, json.dumps(body) if body else None)
            assert answered == status, value
            told.append(json.dumps(value))
            return value

        assert 'sealed \\"' in json.dumps(ask("GET", "/pages/Encryption"))
        kept = ask("GET", "/settings")["text"]
        ask("PUT", "/settings", {"text": kept + "message-size-maximum 1MB\n"})
        ask("POST", "/pages/Encryption", {"edits": [{"set": third_party("return-within 2h")}]})
        ask("POST", "/pages/Encryption", {"edits": [{"set": third_party("return-within 2x")}]}, 422)
        since = len(made.log())
        made.config.write_text(made.text(third_party("nonsense")))
        made.process.send_signal(signal.SIGHUP)
        made.wait_for("stay as they are", since)
        made.extra = third_party("return-within 3h")
        made.config.write_text(made.text())
        made.process.send_signal(signal.SIGHUP)
        made.wait_for("read again", since)
    finally:
        assert made.end() == 0
    told += [path.read_text(errors="replace") for path in tmp_path.iterdir() if path.is_file()]
    assert len(told) > 8
    for text in told:
        assert password not in text
    assert stat.S_IMODE((tmp_path / "secrets.key").stat().st_mode) == 0o600
    # Carried away without its key, the file is refused; with the password typed in it is not.
    (tmp_path / "secrets.key").unlink()
    done = subprocess.run([SEALGATE, "--config", made.config], capture_output=True, text=True,
                          check=False)
    assert done.returncode == 1 and "type it in again" in done.stderr
