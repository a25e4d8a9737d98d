"""How the house is laid out: names, lengths, services, and what no file of ours does."""

from __future__ import annotations

import ast
import statistics

import pytest

from tests.invariants.rows import our_apps
from tests.invariants.sources import named, sources, sources_of, tree
from tests.services.require import CHECKOUT

LONGEST, MEDIAN = 400, 100
NAMELESS = {"utils.py", "helpers.py", "misc.py", "common.py"}
OURS = [path for path in sources() if "tests" not in path.parts]
# The trail and the queue are what services write with.
UNDER_SERVICES = {"kernel", "audit"}
# Asked by the worker, by the clock, by the session engine, by a migration or by the identity provider: nobody of ours
# acts. Or a part of one service.
WITHOUT_ACTOR = {
    "api_token_used",
    "api_tokens_of_leavers_end",
    "attempt_begin",
    "attempt_by_token",
    "attempt_held",
    "attempt_record",
    "attempt_settle",
    "break_glass_open",
    "cover_say_named",
    "mail_compose",
    "mail_send",
    "message_deliver",
    "message_give_up",
    "message_take_up",
    "provider_logout_follow",
    "rates_follow",
    "refresh_token_keep",
    "role_write",
    "roles_sync",
    "sign_in_ask",
    "sign_in_confirmed",
    "sign_in_rekey",
    "sign_in_touch",
    "sign_ins_expire",
    "sign_ins_forget",
    "unit_figures_ask",
    "unit_figures_ask_daily",
    "user_signed_in",
}
NO_SERVICE = {"break_glass_is_on", "checked_text", "name_mark", "claims_read", "message_id_of"}


def services():
    """Give the public functions of every app's services with their files."""
    return [
        (path, node)
        for config in our_apps()
        if config.label not in UNDER_SERVICES
        for path in sources_of(config)
        if "services" in (path.parent.name, path.stem)
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.name not in NO_SERVICE
    ]


def found(kind, wanted):
    """Give where in our files a node of this kind is wanted."""
    return [
        f"{named(path)}:{node.lineno}"
        for path in OURS
        for node in ast.walk(tree(path))
        if isinstance(node, kind) and wanted(node)
    ]


def test_no_file_has_a_name_that_says_nothing():
    assert [named(path) for path in sources() if path.name in NAMELESS] == []


def test_files_are_short(capsys):
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    median = statistics.median(length for name, length in lengths.items() if length > 1)
    longest = max(lengths, key=lambda name: lengths[name])
    with capsys.disabled():
        print(f"\n{len(lengths)} files, median {median:g} lines, longest {lengths[longest]} ({longest})")
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}
    assert median < MEDIAN


def test_a_service_takes_everything_by_keyword_and_says_who_acts():
    positional = [f"{named(path)}: {node.name}" for path, node in services() if node.args.args or node.args.posonlyargs]
    nobody = {node.name for _, node in services() if "actor" not in {argument.arg for argument in node.args.kwonlyargs}}
    assert positional == []
    assert nobody == WITHOUT_ACTOR


def test_no_model_saves_in_a_way_of_its_own():
    models = [
        f"{named(path)}: {model.name}.{node.name}"
        for path in OURS
        for model in ast.walk(tree(path))
        if isinstance(model, ast.ClassDef)
        for node in model.body
        if isinstance(node, ast.FunctionDef) and node.name in ("save", "delete")
    ]
    assert models == []


@pytest.mark.parametrize("name", ["mark_safe", "safe", "SafeString", "print"])
def test_nothing_is_called_that_may_not_be(name):
    allowed = ("finpulse/local/", "bench/", "tests/") if name == "print" else ()
    used = found(ast.Name, lambda node: node.id == name) + found(ast.Attribute, lambda node: node.attr == name)
    assert [place for place in used if not place.startswith(allowed)] == []


def test_no_exception_is_caught_without_its_name():
    assert found(ast.ExceptHandler, lambda node: node.type is None) == []


def test_no_template_trusts_what_it_shows():
    templates = [path for path in (CHECKOUT / "templates").rglob("*") if path.is_file()]
    # A text mail is no markup.
    trusting = [
        named(path)
        for path in templates
        if path.suffix != ".txt"
        and any(word in path.read_text(encoding="utf-8") for word in ("|safe", "autoescape off"))
    ]
    assert len(templates) > 50
    assert trusting == []
