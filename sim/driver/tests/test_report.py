"""`sealcheck report` and `--screenshots`, from the shell."""

import base64
import json

import pytest
import sample
from sample import A

# One grey pixel.
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNo"
    "AAAAggCBd81ytgAAAABJRU5ErkJggg==")


@pytest.fixture
def pictures(tmp_path):
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "signing in.png").write_bytes(PNG)
    return folder


def page(tree) -> str:
    return (tree.root / "out/report.html").read_text()


def test_screenshots_are_in_the_page_of_a_run(tree, pictures):
    tree.plans(*sample.run(sample.finished(A)))
    assert tree.call("run", "--no-repeat", "--screenshots", str(pictures)).returncode == 0
    assert 'alt="signing in"' in page(tree)
    assert "signing in" not in (tree.root / "out/results.json").read_text()


def test_the_reports_are_made_anew_with_screenshots(tree, pictures):
    tree.plans(*sample.run(sample.finished(A, "fail")), exit=1)
    tree.call("run", "--no-repeat")
    before = page(tree)
    (tree.root / "out/report.html").unlink()
    done = tree.call("report")
    assert (done.returncode, done.stdout) == (0, "out/report.html\n"), done.stderr
    assert page(tree) == before
    assert tree.call("report", "--screenshots", str(pictures)).returncode == 0
    assert 'alt="signing in"' in page(tree) and "data:image/png;base64," in page(tree)
    assert A in page(tree)


def test_what_cannot_be_shown_exits_2_before_anything_is_done(tree, pictures):
    tree.plans(*sample.run(sample.finished(A)))
    tree.call("run", "--no-repeat")
    before = page(tree)
    (pictures / "cut off.png").write_bytes(PNG[:40])
    for folder, why in ((pictures, "cut off.png is no whole PNG file"),
                        (pictures / "gone", "no such folder of screenshots: ")):
        for command in (["run", "--no-repeat"], ["report"]):
            done = tree.call(*command, "--screenshots", str(folder))
            assert done.returncode == 2 and done.stderr.count("\n") == 1, done.stderr
            assert done.stderr.startswith("sealcheck: --screenshots: ") and why in done.stderr
            assert page(tree) == before


def test_without_results_there_is_no_report(tree):
    done = tree.call("report")
    assert done.returncode == 2
    assert "no results in out/results.json: `./sealcheck run --out out` leaves them" in done.stderr
    (tree.root / "out").mkdir()
    for text, why in (("{", "holds no results"), ("[]", "holds no results"),
                      (json.dumps({"schema": "sealcheck-results/2"}), "results of another kind"),
                      (json.dumps({"schema": "sealcheck-results/1"}), "holds no results")):
        (tree.root / "out/results.json").write_text(text)
        done = tree.call("report")
        assert done.returncode == 2 and why in done.stderr, text
        assert not (tree.root / "out/report.html").exists()
