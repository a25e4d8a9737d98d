"""A process of these tests: local, with handlers that do harm."""

from finpulse.settings.local import *  # noqa: F403
from finpulse.settings.local import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.chaos.poison"]
