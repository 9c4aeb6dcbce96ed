"""The captures of `./sealcheck run --capture`, read by tshark: eyes that are not ours."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCENARIO = "scenarios/tls/failed_handshake_delays_the_message.scn"


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
