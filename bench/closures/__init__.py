"""Take each closure away in turn, in a copy of the checkout, and say which cell of the access matrix catches it."""

from __future__ import annotations

import argparse
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue

from bench.closures.console import CONSOLE
from bench.closures.duties import DUTIES
from bench.closures.patch import Patch
from bench.closures.relations import RELATIONS
from bench.closures.resources import RESOURCES
from bench.closures.runs import Outcome, Workplace, workplaces
from bench.closures.scope import EDITABLE_BY, INHERITED, ROLE_AND_SCOPE, VISIBLE_TO

GROUPS = {
    "branches of visible_to": VISIBLE_TO,
    "branches of editable_by": EDITABLE_BY,
    "scope inherited": INHERITED,
    "role and scope joined": ROLE_AND_SCOPE,
    "relations and parts": RELATIONS,
    "the console": CONSOLE,
    "the API": RESOURCES,
    "two people's work, the trail, tokens": DUTIES,
}
COPIES = 2


def main(arguments: list[str]) -> int:
    """Print the table; 1 when a patch no longer applies or nothing catches it."""
    options = _options(arguments)
    patches = [patch for group in GROUPS.values() for patch in group if options.only in patch.name]
    with workplaces(min(COPIES, len(patches))) as places:
        idle: SimpleQueue[Workplace] = SimpleQueue()
        for place in places:
            place.check_patches(patches)
            idle.put(place)

        def run(patch: Patch | None) -> Outcome:
            place = idle.get()
            try:
                return place.run(patch)
            finally:
                idle.put(place)

        with ThreadPoolExecutor(COPIES) as pool:
            whole = pool.submit(run, None) if not options.only else None
            caught = sum(_told(patch, outcome) for patch, outcome in zip(patches, pool.map(run, patches), strict=True))
            print(f"\n{len(patches)} closures removed in turn, {caught} caught, {len(patches) - caught} not")
            if whole is not None:
                print(f"with nothing removed: {whole.result()}")
    return int(caught < len(patches) or (whole is not None and whole.result().caught))


def _told(patch: Patch, outcome: Outcome) -> bool:
    """Print what became of a patch, its group before the first of it; give whether it was caught."""
    for title, group in GROUPS.items():
        if patch is group[0]:
            print(f"\n{title}")
    print(f"  {patch.name:<52} -> {outcome}", flush=True)
    return outcome.caught


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench closures", description=__doc__)
    parser.add_argument("--only", default="", help="patches whose name holds this text")
    return parser.parse_args(arguments)
