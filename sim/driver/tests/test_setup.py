"""The set-up that `run` and `test` do by themselves: packages, configuration, build."""

import sample
from small_tree import stub


def test_a_second_call_asks_no_dpkg_and_builds_nothing(new_tree):
    new_tree.plans(*sample.run(sample.finished(sample.A)))
    assert new_tree.call("run", "--no-repeat").returncode == 0
    build = new_tree.root / "build/dev"
    configured = (build / "CMakeCache.txt").stat().st_mtime_ns
    assert len(new_tree.calls("dpkg-query")) == 1
    done = new_tree.call("run", "--no-repeat")
    assert done.returncode == 0 and "configuring" not in done.stderr
    assert len(new_tree.calls("dpkg-query")) == 1
    assert (build / "builds").read_text() == "built\n"
    assert (build / "CMakeCache.txt").stat().st_mtime_ns == configured


def test_a_changed_source_or_a_new_folder_is_never_run_stale(new_tree):
    new_tree.plans(*sample.run(sample.finished(sample.A)))
    new_tree.call("run", "--no-repeat")
    engine = new_tree.root / "fake_engine.py"
    engine.write_text(engine.read_text() + "# changed\n")
    new_tree.call("run", "--no-repeat")
    assert (new_tree.root / "build/dev/builds").read_text() == "built\nbuilt\n"
    (new_tree.root / "sim/new").mkdir()
    (new_tree.root / "sim/new/CMakeLists.txt").write_text("")
    assert "configuring" in new_tree.call("run", "--no-repeat").stderr


def test_a_build_folder_configured_by_hand_keeps_its_configuration(new_tree, tmp_path):
    new_tree.plans(*sample.run(sample.finished(sample.A)))
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "build.ninja").write_text(
        "rule cp\n command = mkdir -p sim/engine && cp $in $out\n"
        f"build sim/engine/sealcheck-engine: cp {new_tree.root}/fake_engine.py\n")
    done = new_tree.call("run", "--no-repeat", SEALCHECK_BUILD=str(mine))
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (mine / "CMakeCache.txt").exists() and not (new_tree.root / "build").exists()


def test_missing_packages_and_no_way_to_install_them(new_tree):
    stub(new_tree.stubs, "dpkg-query",
         'shift 3; for p in "$@"; do [ $p = g++ ] || echo "$p installed"; done')
    stub(new_tree.stubs, "apt-get", "exit 100")
    done = new_tree.call("run")
    assert done.returncode == 3
    assert "missing packages: g++\n" in done.stderr
    assert str(new_tree.root / "sim/driver/packages.txt") in done.stderr


def test_without_root_and_without_sudo_it_says_so(new_tree):
    stub(new_tree.stubs, "dpkg-query", "exit 1")
    stub(new_tree.stubs, "id", "echo 1000")
    stub(new_tree.stubs, "apt-get", "exit 0")
    stub(new_tree.stubs, "sudo", "exit 1")
    done = new_tree.call("test")
    assert done.returncode == 3 and "sudo asks for a password" in done.stderr
    assert "python3-pytest" in done.stderr  # which only `test` needs
    assert new_tree.calls("apt-get") == []


def test_removals_are_named_before_they_happen(new_tree):
    installed = new_tree.stubs / "now-installed"
    stub(new_tree.stubs, "dpkg-query",
         f'shift 3; for p in "$@"; do [ $p = libboost1.81-dev -a ! -e {installed} ] || '
         'echo "$p installed"; done')
    stub(new_tree.stubs, "id", "echo 0")
    stub(new_tree.stubs, "apt-get", f'''case "$*" in
*"install -s"*) echo "Remv libboost1.74-dev [1.74.0-9]"; echo "Inst libboost1.81-dev (1.81.0)" ;;
*"install -y"*) echo "installing now" >&2; touch {installed} ;;
esac''')
    new_tree.plans(*sample.run(sample.finished(sample.A)))
    done = new_tree.call("run", "--no-repeat")
    assert done.returncode == 0, done.stderr
    assert "apt will install: libboost1.81-dev\n" in done.stderr
    assert "apt will remove: libboost1.74-dev\n" in done.stderr
    assert [c.split("-o DPkg::Lock::Timeout=120 ")[1].split(" --")[0]
            for c in new_tree.calls("apt-get")] == ["update -q", "install -s", "install -y -q"]


def test_test_runs_ctest_and_returns_its_code(tree):
    done = tree.call("test")
    assert done.returncode == 8 and "1 tests failed out of 2" in done.stdout
    done = tree.call("test", "-R", "good")
    assert done.returncode == 0 and "100% tests passed" in done.stdout
