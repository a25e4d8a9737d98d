"""docs/development/new-module.md builds a module that works, and changes no file but the settings."""

import hashlib
import re
import time
from pathlib import Path

from tests.run.checkout import SOURCE, copies

PAGE = SOURCE / "docs" / "development" / "new-module.md"
SETTINGS = "finpulse/settings/base.py"
FILE = re.compile(r"^`(?P<path>[\w./]+)`\n\n```\w+\n(?P<content>.*?)^```$", re.MULTILINE | re.DOTALL)
APPS = re.compile(r"(^INSTALLED_APPS = \[\n.*?)^\]$", re.MULTILINE | re.DOTALL)
MIGRATIONS = ("__init__", "0001_initial")
INVARIANTS = (
    "tests/invariants/test_references.py",
    "tests/invariants/test_layout.py",
    "tests/invariants/test_flat_cost.py::test_every_listed_model_says_how_a_row_is_made",
    "tests/invariants/test_migrations.py::test_every_step_of_our_migrations_knows_its_way_back",
)


def test_the_page_builds_a_module_and_no_file_but_the_settings_changes(capsys):
    files = {match["path"]: match["content"] for match in FILE.finditer(PAGE.read_text(encoding="utf-8"))}
    started_at = time.monotonic()
    with copies() as make:
        checkout = make()
        before = fingerprints(checkout.path)
        write(checkout.path, files)
        add_to_settings(checkout.path / SETTINGS, "complaints")

        made = checkout.run("manage.py", "makemigrations", "complaints", "--name", "initial")
        linted = checkout.run("-m", "ruff", "check", "complaints")
        tested = checkout.run("-m", "pytest", "-q", "--no-cov", "-p", "no:cacheprovider", "complaints", *INVARIANTS)

        assert made.returncode == 0, made.stderr
        assert linted.returncode == 0, linted.stdout
        assert tested.returncode == 0, tested.stdout
        after = fingerprints(checkout.path)
    changed = {path for path in before if after.get(path) != before[path]}
    assert changed == {SETTINGS}
    assert set(after) - set(before) == {*files, *(f"complaints/migrations/{name}.py" for name in MIGRATIONS)}
    seconds, said = time.monotonic() - started_at, tested.stdout.splitlines()[-1]
    with capsys.disabled():
        print(f"\na module of {len(files)} files in {seconds:.1f} s: {said}")


def write(folder: Path, files: dict[str, str]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def add_to_settings(path: Path, app: str) -> None:
    """Add the line at the end of INSTALLED_APPS."""
    path.write_text(APPS.sub(rf'\1    "{app}",\n]', path.read_text(encoding="utf-8")), encoding="utf-8")


def fingerprints(folder: Path) -> dict[str, str]:
    """Give the SHA-256 of every file of the project, by its path."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    ours = [path for path in files if not {"var", "__pycache__", ".ruff_cache"} & set(path.relative_to(folder).parts)]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in ours}
