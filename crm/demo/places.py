"""Where customers live: towns weighted roughly by size, and streets that any of them has."""

from __future__ import annotations

from typing import NamedTuple

from crm.demo.dice import Weighted


class Town(NamedTuple):
    """A town as an address names it."""

    city: str
    region: str
    postal_code: str


TOWNS = Weighted(
    {
        Town("Praha", "Hlavní město Praha", "110 00"): 26,
        Town("Brno", "Jihomoravský kraj", "602 00"): 14,
        Town("Ostrava", "Moravskoslezský kraj", "702 00"): 10,
        Town("Plzeň", "Plzeňský kraj", "301 00"): 8,
        Town("Liberec", "Liberecký kraj", "460 01"): 6,
        Town("Olomouc", "Olomoucký kraj", "779 00"): 6,
        Town("České Budějovice", "Jihočeský kraj", "370 01"): 6,
        Town("Hradec Králové", "Královéhradecký kraj", "500 02"): 5,
        Town("Ústí nad Labem", "Ústecký kraj", "400 01"): 5,
        Town("Pardubice", "Pardubický kraj", "530 02"): 5,
        Town("Zlín", "Zlínský kraj", "760 01"): 4,
        Town("Jihlava", "Kraj Vysočina", "586 01"): 3,
        Town("Karlovy Vary", "Karlovarský kraj", "360 01"): 2,
    }
)
_STREET_NAMES = """
Nádražní Husova Palackého Komenského Masarykova Školní Zahradní Lipová Jiráskova Havlíčkova Žižkova Dlouhá Krátká Polní
Sadová Květinová Mlýnská Tyršova Smetanova Nerudova Dvořákova Riegrova Vinohradská Údolní Lesní Příčná Okružní Hřbitovní
"""
STREETS = tuple(_STREET_NAMES.split())
HOUSES = 180
