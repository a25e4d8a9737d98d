"""Heroicons' tags, each icon drawn once: drawing copies and writes out a tree of XML, some thirty times to a page."""

from functools import lru_cache

from django.template import Library
from heroicons.templatetags import heroicons

MOST = 512

register = Library()
for draw in (heroicons.heroicon_micro, heroicons.heroicon_mini, heroicons.heroicon_outline, heroicons.heroicon_solid):
    register.simple_tag(lru_cache(MOST)(draw))
