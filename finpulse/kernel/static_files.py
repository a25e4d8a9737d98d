"""How styles and scripts leave the house: hashed names, compressed, and the console's styles as one file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

FOLDER = "finpulse"
CONSOLE = f"{FOLDER}/console.css"
# In the order in which later rules win.
STYLES = ("tokens", "base", "frame", "components", "charts", "forms", "tables", "standalone", "print")
# A module of ours asks for another by its hashed name too, and so never for an older one. Django's own switch would
# read packages' modules as well, which import what is not there.
IMPORT = (
    r"""(?P<matched>import (?P<names>\{[^}]*\}) from "(?P<url>\./[^"]+)";)""",
    """import %(names)s from "%(url)s";""",
)


class ConsoleStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Joins what every page loads while files are collected: one request, and one dictionary for gzip."""

    patterns = (*ManifestStaticFilesStorage.patterns, (f"{FOLDER}/*.js", (IMPORT,)))

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Write the joined file, then hash and compress it as any other."""
        if not dry_run:
            self._join()
            paths[CONSOLE] = (self, CONSOLE)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _join(self) -> None:
        parts = []
        for name in STYLES:
            with self.open(f"{FOLDER}/{name}.css") as style:
                parts.append(style.read())
        self.delete(CONSOLE)
        self.save(CONSOLE, ContentFile(b"\n".join(parts)))
