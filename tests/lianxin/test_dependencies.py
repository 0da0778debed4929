"""Every dependency is explained in docs/dependencies.md."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def every_dependency() -> list[str]:
    extras = PROJECT["project"]["optional-dependencies"].values()
    groups = [PROJECT["project"]["dependencies"], *extras, *PROJECT["dependency-groups"].values()]
    return sorted({re.match(r"[\w.-]+", requirement)[0] for group in groups for requirement in group})


@pytest.mark.parametrize("name", every_dependency())
def test_it_is_named_with_its_reason(name):
    assert re.search(rf"(\| |`){re.escape(name)}( \||`)", DOCUMENT), f"say in docs/dependencies.md why {name} is there"


def test_no_lock_names_a_registry():
    for lock in (ROOT / "requirements").glob("*.lock"):
        assert not re.search(r"https?://|--index-url|--find-links", lock.read_text("utf-8")), lock.name
