"""Names of firms, associations and foundations."""

from __future__ import annotations

from crm.demo.dice import Dice, Weighted

_ROOTS = """
Vltava Morava Bohemia Praga Šumava Krkonoše Labe Svratka Orlík Beskydy Vysočina Haná Sázava Blaník Říp Kubík Zlatník
Jizera Lipno Třeboň Čáslav Žižkov Podolí Smíchov Karlín Macocha Punkva Ještěd Radhošť Úhlava Cidlina Ohře Berounka
Slunce Hvězda Javor Dub Lípa Medvěd Čáp Jestřáb Křišťál Jantar Žula Mráz Jitro Rosa Kometa Orion Sirius Polaris Nova
"""
_TRADES = """
Glass Stavby Trans Logistika Potraviny Elektro Strojírny Pekárny Pivovar Textil Dřevo Ocel Plasty Papír Reality Software
Zdravotnictví Lékárny Servis Zahrady Energo Farmy Mlékárny Sklárny Tiskárny Obuv Nábytek Kovo Chemie Vinařství Export
Hotely Consulting Design Autodíly Optika Hračky Keramika Minerály Lázně Kartony Technika Hydraulika Instalace Izolace
"""
_PARTNERS = (
    "Novák", "Dvořák", "Söhne", "Weiß", "O'Brien", "Nguyễn", "Kovács", "Łukaszewicz", "Müller", "Král", "Žižka",
    "Hájek", "Schäfer", "D'Angelo", "Çelik",
)  # fmt: skip
_FORMS = Weighted(
    {
        "s.r.o.": 62,
        "a.s.": 14,
        "v.o.s.": 3,
        "k.s.": 2,
        "z.s.": 5,
        "družstvo": 3,
        "o.p.s.": 2,
        "GmbH": 4,
        "AG": 1,
        "SE": 2,
        "Ltd.": 2,
    }
)
_WHOLE = Weighted(
    {
        "{root} {trade} {form}": 70,
        "{root}{trade_low} {form}": 8,
        "{partner} & {other}, {form}": 9,
        "{trade} {partner} – {root}, {form}": 5,
        "„{root}“ {trade_low}, {form}": 3,
        "{partner} <{root}> {trade} {form}": 1,
        "Sdružení vlastníků jednotek domu {root} {house}/{other_house}, {trade_low}": 4,
    }
)
_HOUSES = 2400
_ROOT_LIST, _TRADE_LIST = tuple(_ROOTS.split()), tuple(_TRADES.split())


def organisation_name(dice: Dice) -> str:
    """Give a name as the commercial register might hold it."""
    trade = dice.pick(_TRADE_LIST)
    return _WHOLE.draw(dice).format(
        root=dice.pick(_ROOT_LIST),
        trade=trade,
        trade_low=trade.lower(),
        partner=dice.pick(_PARTNERS),
        other=dice.pick(_PARTNERS),
        form=_FORMS.draw(dice),
        house=dice.below(_HOUSES) + 1,
        other_house=dice.below(_HOUSES) + 1,
    )
