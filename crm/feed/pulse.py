"""That a load is alive and how far it is, told while it runs."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate
from threading import Event, Thread
from typing import Any

from django.db import Error, connection
from django.utils import timezone

from crm.feed.folder import Folder
from crm.models import FeedLoad

logger = logging.getLogger(__name__)

BEAT_SECONDS = 2.0


class Pulse:
    """Writes `alive_at` and `progress` every two seconds on a database session of its own.

    So it is seen at once, whatever the load's own session does or waits for. Progress is the file being read with its
    bytes and how many are read, and the bytes of the files `before` it and of the `whole` folder; then "settling".
    """

    def __init__(self, load: FeedLoad, folder: Folder) -> None:
        """Have nothing to tell yet."""
        self._load, self._ended = load, Event()
        self._sizes = {form.name: folder.size(form.name) for form in folder.forms}
        self._before = dict(zip(self._sizes, accumulate(self._sizes.values(), initial=0), strict=False))
        self._progress: dict[str, Any] = {}

    def reading(self, name: str, bytes_read: int) -> None:
        """Hear how much of a file is read."""
        place = {"before": self._before[name], "whole": sum(self._sizes.values())}
        self._progress = {"file": name, "bytes": bytes_read, "of": self._sizes[name]} | place

    def settling(self) -> None:
        """Hear that all files are read."""
        self._progress = {"settling": True}

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Tell for the length of the block."""
        thread = Thread(target=self._beat, name=f"pulse of feed load {self._load.pk}", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._ended.set()
            thread.join()

    def _beat(self) -> None:
        while not self._ended.wait(BEAT_SECONDS):
            try:
                self._tell()
            except Error as error:
                logger.warning("The feed load's pulse is not written: %s", error)
                connection.close()
        connection.close()

    def _tell(self) -> None:
        FeedLoad.objects.filter(pk=self._load.pk).update(alive_at=timezone.now(), progress=self._progress)
