"""Fixtures: a small repository, shared or one's own."""

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from small_tree import Tree  # noqa: E402


@pytest.fixture(scope="session")
def shared_tree(tmp_path_factory) -> Tree:
    root = tmp_path_factory.mktemp("sealcheck") / "repository"
    root.mkdir()
    return Tree(root)


@pytest.fixture
def tree(shared_tree) -> Tree:
    """The shared tree (it is configured once) without the output of other tests."""
    shutil.rmtree(shared_tree.root / "out", ignore_errors=True)
    return shared_tree


@pytest.fixture
def new_tree(tmp_path) -> Tree:
    """A tree of one's own, never configured."""
    root = tmp_path / "repository"
    root.mkdir()
    return Tree(root)
