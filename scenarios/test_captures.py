"""The captures of `./sealcheck run --capture`, read by tshark: eyes that are not ours."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCENARIO = "scenarios/tls/failed_handshake_delays_the_message.scn"
FAILS = """
scenario "Mail over TLS that nobody was to get" {
    mx mx.partner.test for partner.test
    gateway {
        route "Partner" for partner.test { tls marked }
    }
    send m1 from alice@corp.test to bob@partner.test
    never mx.partner.test receives m1
    expect queue is empty
}
"""


@pytest.fixture(scope="module")
def capture(tmp_path_factory):
    if not shutil.which("tshark"):
        pytest.skip("tshark is not installed")
    out = tmp_path_factory.mktemp("capture")
    subprocess.run([ROOT / "sealcheck", "run", "--no-repeat", "--capture", "--out", out, SCENARIO],
                   cwd=ROOT, check=True, capture_output=True)
    [path] = (out / "captures").iterdir()
    return path


def tshark(capture, *arguments):
    return subprocess.run(["tshark", "-r", capture, *arguments], check=True, text=True,
                          capture_output=True).stdout


def test_both_sides_of_the_gateway_show_their_commands_decrypted(capture):
    seen = tshark(capture, "-Y", "smtp.req", "-T", "fields", "-e", "ip.dst", "-e",
                  "smtp.req.command", "-e", "tls.record.version").splitlines()
    inward = [line.split("\t")[1] for line in seen if line.startswith("192.0.2.1\t")]
    outward = [line for line in seen if line.startswith("203.0.113.1\t")]
    assert {"EHLO", "MAIL", "RCPT", "DATA", "QUIT"} <= set(inward)
    assert any("STAR" in line for line in outward)
    mails = [line for line in outward if "MAIL" in line]
    assert mails and all(line.split("\t")[2] for line in mails)  # inside a TLS record


def test_no_frame_is_malformed_and_no_expert_complains(capture):
    assert tshark(capture, "-Y", "_ws.malformed") == ""
    report = tshark(capture, "-q", "-z", "expert,warn")
    complaints = [line for line in report.splitlines()
                  if line.strip() and not line.startswith(("Errors", "Warns", "===", "   Freq"))
                  and "Connection reset (RST)" not in line and "---" not in line]
    assert complaints == []


# A run keeps TLS secrets only when its capture is wanted: here that is known when it has failed.
def test_the_capture_of_a_failure_is_decrypted_though_nobody_asked_for_it(tmp_path):
    if not shutil.which("tshark"):
        pytest.skip("tshark is not installed")
    (tmp_path / "fails.scn").write_text(FAILS)
    ended = subprocess.run([ROOT / "sealcheck", "run", "--no-repeat", "--out", tmp_path / "out",
                            tmp_path / "fails.scn"], cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 1, ended.stdout
    [path] = (tmp_path / "out" / "captures").iterdir()
    mail = tshark(path, "-Y", "smtp.req.command == \"MAIL\" and tls",
                  "-T", "fields", "-e", "ip.dst")
    assert mail.split() == ["203.0.113.1"]
