"""Every page of the console as somebody may meet it: what is opened, by whom, and what he does there.

An address names a row in braces; sight_rows.py says which one. A route of the resolver without a line here or in
no_page.py fails.
"""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.sight import Deed, Sight, send
from tests.browser.two_people_sights import TWO_PEOPLE


def _open(selector: str) -> Deed:
    def deed(page: Page) -> None:
        page.locator(selector).first.click()

    return deed


def _keys(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()


def _drawer(page: Page) -> None:
    page.get_by_role("button", name="Menu", exact=True).click()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()


def _search(page: Page) -> None:
    page.get_by_label("Search customers").press_sequentially("nov")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")


def _dialog(page: Page) -> None:
    page.keyboard.press("l")
    expect(page.locator("#dialog")).to_be_visible()


def _dialog_asks(page: Page) -> None:
    _dialog(page)
    dialog = page.locator("#dialog")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    dialog.get_by_label("Next step").fill("Call back")
    page.keyboard.press("Escape")
    expect(dialog.get_by_role("button", name="Keep writing")).to_be_visible()


def _wrong_mail(page: Page) -> None:
    page.get_by_label("E-mail").fill("no address")
    send("Save")(page)


def _wrong_password(page: Page) -> None:
    page.get_by_label("User name").fill("alice")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in with a password").click()
    expect(page.get_by_role("alert")).to_be_visible()


def _make_token(page: Page) -> None:
    page.get_by_label("Name").fill(f"sight {page.evaluate('Date.now()')}")
    page.get_by_label("Read tasks").check()
    page.get_by_role("button", name="Make the token").click()
    expect(page.get_by_label("Token", exact=True)).to_have_value(re.compile("^fp_"))


def _tick(page: Page) -> None:
    page.locator("#result_list .action-select").first.check()


def _choose(verb: str) -> Deed:
    """Select a row and choose what to do with it; what is asked first is looked at."""

    def deed(page: Page) -> None:
        _tick(page)
        page.get_by_role("button", name=verb, exact=True).click()
        expect(page.get_by_role("link", name="Cancel")).to_be_visible()

    return deed


def _of(model: str, row: str, *, user: str = "alice", change: str = "change") -> list[Sight]:
    """Give the form of a row and its history."""
    place, name = f"admin/{model}/", model.partition("/")[2]
    return [
        Sight(f"{name}-{page}", f"{place}<path:object_id>/{page}/", f"/{place}{{{row}}}/{page}/", user)
        for page in (change, "history")
    ]


def _list(model: str, *, user: str = "alice", **options: object) -> Sight:
    return Sight(f"{model.partition('/')[2]}-list", f"admin/{model}/", f"/admin/{model}/", user, **options)


_ROLE_MAPPING = ("admin/identity/claimmapping/propose/", "/admin/identity/claimmapping/propose/")
SIGHTS = (
    *TWO_PEOPLE,
    *(
        Sight(f"my-day-{user}", "admin/", "/admin/", user, narrow=user == "alice")
        for user in ("alice", "dana", "erin", "frank", "grace", "heidi")
    ),
    Sight("my-day-menu", "admin/", "/admin/", do=_open("details.menu summary")),
    Sight("my-day-keys", "admin/", "/admin/", do=_keys),
    Sight("my-day-search", "admin/", "/admin/", do=_search, narrow=True),
    Sight("my-day-log", "admin/", "/admin/", do=_dialog, narrow=True),
    Sight(
        "customer-log-unsaved",
        "admin/crm/customer/<int:object_id>/",
        "/admin/crm/customer/{family}/",
        do=_dialog_asks,
        narrow=True,
    ),
    Sight("my-day-drawer", "admin/", "/admin/", do=_drawer, width=390),
    _list("crm/customer", narrow=True),
    Sight("customer-list-all", "admin/crm/customer/", "/admin/crm/customer/", "erin"),
    Sight("customer-list-search", "admin/crm/customer/", "/admin/crm/customer/?q=novak"),
    Sight("customer-list-nothing", "admin/crm/customer/", "/admin/crm/customer/?q=nobody-of-this-name"),
    Sight("customer-list-filter", "admin/crm/customer/", "/admin/crm/customer/", do=_open("details.filter summary")),
    Sight("customer-list-filtered", "admin/crm/customer/", "/admin/crm/customer/?kind__exact=PERSON"),
    Sight(
        "customer-list-filters",
        "admin/crm/customer/",
        "/admin/crm/customer/?kind__exact=PERSON",
        do=_open("[popovertarget=filter-sheet]"),
        width=390,
    ),
    Sight("customer-list-columns", "admin/crm/customer/", "/admin/crm/customer/", do=_open("[popovertarget=columns]")),
    Sight("customer-list-verb", "admin/crm/customer/", "/admin/crm/customer/", do=_choose("Add a task to each")),
    Sight("task-list-verb", "admin/crm/task/", "/admin/crm/task/", do=_choose("Move the due date")),
    *(
        Sight(f"{model}-columns", f"admin/crm/{model}/columns/", f"/admin/crm/{model}/columns/")
        for model in ("customer", "holding", "interaction", "task")
    ),
    *(
        Sight(
            f"customer-{shape}",
            "admin/crm/customer/<int:object_id>/",
            f"/admin/crm/customer/{{{shape}}}/",
            narrow=shape == "family",
        )
        for shape in ("family", "household", "firm", "default", "prospect")
    ),
    *(
        Sight(
            f"relationships-{shape}",
            "admin/crm/customer/<int:object_id>/relationships/",
            f"/admin/crm/customer/{{{shape}}}/relationships/",
        )
        for shape in ("firm", "household")
    ),
    *(
        Sight(
            f"who-sees-{user}",
            "admin/crm/customer/<int:object_id>/who-sees/",
            "/admin/crm/customer/{family}/who-sees/",
            user,
            narrow=user == "erin",
        )
        for user in ("alice", "erin")
    ),
    *(
        Sight(
            f"trail-{user}",
            "admin/crm/customer/<int:object_id>/trail/",
            "/admin/crm/customer/{family}/trail/",
            user,
            narrow=user == "grace",
        )
        for user in ("alice", "grace")
    ),
    Sight(
        "customer-list-handover",
        "admin/crm/customer/",
        "/admin/crm/customer/",
        "dana",
        do=_choose("Propose a handover"),
    ),
    Sight("reveal", "admin/crm/customer/<int:object_id>/reveal/", "/admin/crm/customer/{family}/reveal/", narrow=True),
    Sight(
        "reveal-errors",
        "admin/crm/customer/<int:object_id>/reveal/",
        "/admin/crm/customer/{family}/reveal/",
        do=send("Show it for five minutes"),
    ),
    Sight(
        "bring-in",
        "admin/crm/customer/<int:object_id>/bring-in/",
        "/admin/crm/customer/{family}/bring-in/",
        "dana",
        do=send("Bring in"),
        narrow=True,
    ),
    Sight(
        "who-sees-dana",
        "admin/crm/customer/<int:object_id>/who-sees/",
        "/admin/crm/customer/{family}/who-sees/",
        "dana",
        narrow=True,
    ),
    Sight(
        "eligibility", "admin/crm/customer/<int:object_id>/eligibility/", "/admin/crm/customer/{family}/eligibility/"
    ),
    Sight("log", "admin/crm/customer/<int:object_id>/log/", "/admin/crm/customer/{family}/log/", narrow=True),
    Sight(
        "log-errors",
        "admin/crm/customer/<int:object_id>/log/",
        "/admin/crm/customer/{family}/log/",
        do=send("Save"),
        narrow=True,
    ),
    Sight("choose-customer", "admin/crm/interaction/log/", "/admin/crm/interaction/log/"),
    Sight("choose-customer-found", "admin/crm/interaction/log/", "/admin/crm/interaction/log/?q=novak"),
    Sight("choose-customer-nobody", "admin/crm/interaction/log/", "/admin/crm/interaction/log/?q=nobody-of-this-name"),
    *_of("crm/customer", "family"),
    Sight(
        "customer-change-errors",
        "admin/crm/customer/<path:object_id>/change/",
        "/admin/crm/customer/{family}/change/",
        do=_wrong_mail,
    ),
    *(
        Sight(
            f"recertification-{user}",
            "admin/crm/recertification/",
            "/admin/crm/recertification/",
            user,
            narrow=user == "dana",
        )
        for user in ("dana", "grace")
    ),
    Sight("portfolio", "admin/crm/portfolio/", "/admin/crm/portfolio/"),
    Sight("portfolio-unit", "admin/crm/portfolio/", "/admin/crm/portfolio/", "dana"),
    _list("crm/holding"),
    *_of("crm/holding", "holding"),
    _list("crm/interaction"),
    *_of("crm/interaction", "interaction"),
    _list("crm/task"),
    Sight("task-list-ticked", "admin/crm/task/", "/admin/crm/task/", do=_tick),
    *_of("crm/task", "task"),
    _list("crm/feeddifference"),
    *_of("crm/feeddifference", "difference"),
    _list("crm/feedload", user="erin"),
    *_of("crm/feedload", "load", user="erin"),
    _list("products/product"),
    *_of("products/product", "product"),
    _list("notifications/message"),
    *_of("notifications/message", "message"),
    _list("notifications/outboxentry", user="heidi"),
    *_of("notifications/outboxentry", "message", user="heidi"),
    _list("kernel/queuedtask", user="heidi"),
    *_of("kernel/queuedtask", "given_up", user="heidi"),
    _list("identity/user", user="heidi"),
    *_of("identity/user", "leaver", user="heidi"),
    *(
        Sight(
            f"user-access-{user}",
            "admin/identity/user/<int:object_id>/access/",
            "/admin/identity/user/{user}/access/",
            user,
            narrow=user == "dana",
        )
        for user in ("dana", "heidi")
    ),
    Sight("roles", "admin/identity/role/", "/admin/identity/role/", "heidi", narrow=True),
    Sight(
        "role",
        "admin/identity/role/<int:object_id>/",
        "/admin/identity/role/{role}/",
        "heidi",
        do=send("Propose it"),
        narrow=True,
    ),
    _list("identity/unit", user="heidi"),
    *_of("identity/unit", "unit", user="heidi"),
    Sight("api-tokens", "admin/identity/api-tokens/", "/admin/identity/api-tokens/", narrow=True),
    Sight("api-tokens-none", "admin/identity/api-tokens/", "/admin/identity/api-tokens/", "bob"),
    Sight("api-token-make", "admin/identity/api-tokens/make/", "/admin/identity/api-tokens/make/", narrow=True),
    Sight(
        "api-token-make-errors",
        "admin/identity/api-tokens/make/",
        "/admin/identity/api-tokens/make/",
        do=send("Make the token"),
    ),
    Sight("api-token-made", "admin/identity/api-tokens/make/", "/admin/identity/api-tokens/make/", do=_make_token),
    Sight(
        "api-token-revoke",
        "admin/identity/apitoken/<int:object_id>/revoke/",
        "/admin/identity/apitoken/{token}/revoke/",
        narrow=True,
    ),
    Sight(
        "service-token-propose",
        "admin/identity/apitoken/propose/",
        "/admin/identity/apitoken/propose/",
        "heidi",
        narrow=True,
    ),
    Sight(
        "service-token-propose-errors",
        "admin/identity/apitoken/propose/",
        "/admin/identity/apitoken/propose/",
        "heidi",
        do=send("Propose it"),
    ),
    Sight("service-token-to-fetch", "admin/identity/api-tokens/", "/admin/identity/api-tokens/", "dana"),
    _list("identity/apitoken", user="heidi"),
    *_of("identity/apitoken", "token", user="heidi"),
    _list("identity/claimmapping", user="heidi"),
    *_of("identity/claimmapping", "claim_mapping", user="heidi"),
    Sight("role-mapping", *_ROLE_MAPPING, "heidi", narrow=True),
    Sight("role-mapping-errors", *_ROLE_MAPPING, "heidi", do=send("Propose it")),
    Sight("covers", "admin/identity/cover/", "/admin/identity/cover/", narrow=True),
    Sight("cover-give", "admin/identity/cover/give/", "/admin/identity/cover/give/", narrow=True),
    Sight(
        "cover-give-errors",
        "admin/identity/cover/give/",
        "/admin/identity/cover/give/",
        do=send("Give the cover"),
    ),
    _list("identity/signinattempt", user="grace", narrow=True),
    *_of("identity/signinattempt", "attempt", user="grace"),
    Sight("my-sign-ins", "admin/identity/signinsession/", "/admin/identity/signinsession/", narrow=True),
    *(
        Sight(
            f"user-sign-ins-{row}",
            "admin/identity/user/<int:object_id>/sessions/",
            f"/admin/identity/user/{{{row}}}/sessions/",
            "heidi",
        )
        for row in ("user", "away")
    ),
    Sight(
        "cover-customers",
        "admin/identity/cover/<int:object_id>/customers/",
        "/admin/identity/cover/{cover}/customers/",
        narrow=True,
    ),
    Sight(
        "customer-covered",
        "admin/crm/customer/<int:object_id>/",
        "/admin/crm/customer/{covered}/",
        "charlie",
        narrow=True,
    ),
    Sight("my-day-covering", "admin/", "/admin/", "charlie"),
    _list("audit/auditevent", user="frank"),
    *_of("audit/auditevent", "looked", user="frank"),
    Sight("audit-chain", "admin/audit/chain/", "/admin/audit/chain/", "grace", narrow=True),
    Sight("password", "admin/password_change/", "/admin/password_change/"),
    Sight("password-errors", "admin/password_change/", "/admin/password_change/", do=send("Change my password")),
    Sight("password-done", "admin/password_change/done/", "/admin/password_change/done/"),
    Sight("style", "admin/style/", "/admin/style/", narrow=True),
    Sight("sign-in", "admin/login/", "/admin/login/", "", narrow=True),
    Sight("sign-in-wrong", "admin/login/", "/admin/login/?next=/admin/crm/task/", "", do=_wrong_password),
    Sight("break-glass", "break-glass/", "/break-glass/", "", narrow=True),
    Sight("break-glass-errors", "break-glass/", "/break-glass/", "", do=send("Open"), narrow=True),
    Sight("not-found", "", "/no-such-page", "", status=404),
    Sight("not-found-inside", "", "/admin/crm/customer/987654321/", status=404),
    Sight("forbidden", "", "/admin/audit/auditevent/", status=403),
)
