"""Who lives here: lists of names with language, nationality and how often they come."""

from __future__ import annotations

from typing import NamedTuple

from crm.demo.dice import Dice, Weighted
from crm.demo.names import czech, european, far


class Locale(NamedTuple):
    """Names by gender. `given` and `family` hold men's, then women's."""

    language: str
    nationality: str
    given: tuple[tuple[str, ...], tuple[str, ...]]
    family: tuple[tuple[str, ...], tuple[str, ...]]

    def name(self, dice: Dice, *, woman: bool) -> tuple[str, str]:
        """Give a given and a family name."""
        return dice.pick(self.given[woman]), dice.pick(self.family[woman])


def _words(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split("|")) if "|" in text else tuple(text.split())


def _locale(language: str, nationality: str, men: str, women: str, families: str) -> Locale:
    pairs = [family.partition("/") for family in _words(families)]
    of_men, of_women = tuple(pair[0] for pair in pairs), tuple(pair[2] or pair[0] for pair in pairs)
    return Locale(language, nationality, (_words(men), _words(women)), (of_men, of_women))


_CZECH = _locale("cs", "CZ", czech.CZECH_MEN, czech.CZECH_WOMEN, czech.CZECH_FAMILIES)
_MONONYM = Locale("id", "ID", (_words(far.MONONYMS), _words(far.MONONYMS)), (("",), ("",)))

# Per mille of the bank's people.
LOCALES = Weighted(
    {
        _CZECH: 640,
        _locale("sk", "SK", czech.SLOVAK_MEN, czech.SLOVAK_WOMEN, czech.SLOVAK_FAMILIES): 90,
        _locale("vi", "VN", far.VIETNAMESE_MEN, far.VIETNAMESE_WOMEN, far.VIETNAMESE_FAMILIES): 55,
        _locale("uk", "UA", european.UKRAINIAN_MEN, european.UKRAINIAN_WOMEN, european.UKRAINIAN_FAMILIES): 55,
        _locale("pl", "PL", european.POLISH_MEN, european.POLISH_WOMEN, european.POLISH_FAMILIES): 45,
        _locale("de", "DE", european.GERMAN_MEN, european.GERMAN_WOMEN, european.GERMAN_FAMILIES): 35,
        _locale("zh", "CN", far.CHINESE_MEN, far.CHINESE_WOMEN, far.CHINESE_FAMILIES): 15,
        _locale("el", "GR", european.GREEK_MEN, european.GREEK_WOMEN, european.GREEK_FAMILIES): 13,
        _locale("ar", "JO", far.ARABIC_MEN, far.ARABIC_WOMEN, far.ARABIC_FAMILIES): 12,
        _locale("tr", "TR", far.TURKISH_MEN, far.TURKISH_WOMEN, far.TURKISH_FAMILIES): 12,
        _locale("en", "IE", european.IRISH_MEN, european.IRISH_WOMEN, european.IRISH_FAMILIES): 10,
        _locale("fr", "FR", european.FRENCH_MEN, european.FRENCH_WOMEN, european.FRENCH_FAMILIES): 8,
        _locale("ja", "JP", far.JAPANESE_MEN, far.JAPANESE_WOMEN, far.JAPANESE_FAMILIES): 7,
        _MONONYM: 3,
    }
)
OF_NATION = {locale.nationality: locale for locale in LOCALES.choices}
_FORMS = {form: pair for locale in LOCALES.choices for pair in zip(*locale.family, strict=True) for form in pair}


def same_family(name: str, *, woman: bool) -> str:
    """Give the form of a family name that a woman or a man of the family bears."""
    return _FORMS.get(name, (name, name))[woman]
