"""Totals by domain.md's formulas, against sums worked out by hand."""

from datetime import date
from decimal import Decimal

from crm.models import Holding, HoldingParty
from crm.selectors.figures import figures_of
from crm.selectors.sums import Sum


def holding(kind, balance, currency="CZK", status="ACTIVE", **more):
    amount = None if balance is None else Decimal(balance)
    return Holding(kind=kind, balance=amount, currency=currency, status=status, **more)


def test_overdrafts_and_drawn_cards_count_as_lending_and_every_total_says_what_is_not_known():
    figures = figures_of(
        [
            holding("ACCOUNT", "1000.00"),
            holding("ACCOUNT", "-200.00", credit_limit=Decimal(500)),
            holding("TERM_DEPOSIT", "5000.00"),
            holding("INVESTMENT", "700.00", "EUR"),
            holding("LOAN", "-3000.00"),
            holding("CARD", "-50.00", credit_limit=Decimal(80)),
            holding("CARD", None),
            holding("INVESTMENT", None),
            holding("LOAN", "-9999.00", status="WRITTEN_OFF"),
            holding("ACCOUNT", "9999.00", status="CLOSED"),
        ]
    )
    assert figures.deposits.amounts == {"CZK": Decimal(6000)}
    assert figures.lending_drawn.amounts == {"CZK": Decimal(3250)}
    assert figures.investments.amounts == {"EUR": Decimal(700)}
    assert figures.undrawn.amounts == {"CZK": Decimal(330)}
    assert figures.business_volume.amounts == {"CZK": Decimal(9250), "EUR": Decimal(700)}
    assert figures.net_position.amounts == {"CZK": Decimal(2750), "EUR": Decimal(700)}
    assert [figures.lending_drawn.not_known, figures.investments.not_known, figures.deposits.not_known] == [1, 1, 0]
    assert figures.net_position.not_known == figures.business_volume.not_known == 2


def test_nothing_known_is_no_amount_rather_than_zero():
    figures = figures_of([holding("ACCOUNT", None)])
    assert figures.deposits.of("CZK") is None
    assert figures.deposits.not_known == 1


def test_a_line_counts_as_undrawn_while_it_can_be_drawn_and_not_known_where_the_balance_is_not():
    lines = [
        holding("CARD", "-30", credit_limit=Decimal(100)),
        holding("CARD", "20", credit_limit=Decimal(100)),
        holding("CARD", "-120", credit_limit=Decimal(100)),
        holding("CARD", None, credit_limit=Decimal(100)),
        holding("ACCOUNT", "-10", credit_limit=Decimal(100), status="BLOCKED"),
    ]
    assert figures_of(lines).undrawn == Sum({"CZK": Decimal(170)}, not_known=1)


def test_guarantees_stand_apart_and_an_unknown_amount_is_not_known():
    parts = [
        HoldingParty(role="GUARANTOR", amount=Decimal(500), holding=holding("LOAN", "-900", "EUR")),
        HoldingParty(role="GUARANTOR", amount=None, holding=holding("LOAN", "-900")),
        HoldingParty(role="GUARANTOR", amount=Decimal(7), holding=holding("LOAN", "0", status="CLOSED")),
    ]
    figures = figures_of([holding("LOAN", "-40")], parts)
    assert figures.guarantees == Sum({"EUR": Decimal(500)}, not_known=1)
    assert figures.exposure == Sum({"CZK": Decimal(40)})


def test_the_figures_say_from_which_days_their_balances_are():
    days = [date(2026, 11, 20), date(2026, 11, 25), None]
    rows = [holding("ACCOUNT", "1", balance_as_of=day) for day in days]
    rows.append(holding("ACCOUNT", None, balance_as_of=date(2020, 1, 1)))
    figures = figures_of(rows)
    assert (figures.oldest_on, figures.newest_on) == (days[0], days[1])


def test_a_line_with_an_unknown_balance_is_one_unknown_of_the_exposure():
    lines = [holding("CARD", None, credit_limit=Decimal(100)), holding("ACCOUNT", "10", credit_limit=Decimal(50))]
    assert figures_of(lines).exposure == Sum({"CZK": Decimal(50)}, not_known=1)
