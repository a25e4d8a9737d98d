"""Where the customer module plugs into the kernel's registries."""

from crm import (
    alerts,
    decision_alert,
    navigation,
    permissions,
    pool_alert,
    recertification_alert,
    restricted_alert,
    reveal_alarm,
    security_alerts,
    standing_in,
    tasks,  # noqa: F401 - tasks registers the queue's handlers
    token_alerts,
    verbs,
)
from crm.admin import charge as charge_pages
from crm.admin import cover_customers, recertification, user_access
from crm.admin import portfolio as portfolio_page
from crm.admin import restricted as restricted_pages
from crm.models import (
    Customer,
    CustomerGroupObjectPermission,
    CustomerUserObjectPermission,
    FeedDifference,
    Handover,
    Holding,
    IdentifierReveal,
    Interaction,
    Task,
)
from crm.proposals.handover import HandingOver
from crm.proposals.restriction import Restriction
from crm.selectors.rights import acting_by
from finpulse.audit.verbs import register_words
from finpulse.kernel.proposals import proposal_kinds
from finpulse.kernel.registries import (
    Subject,
    admin_urls,
    alert_kinds,
    api_routes,
    append_only,
    charge_models,
    grant_models,
    role_permissions,
    subjects,
)
from finpulse.kernel.rights import rights


def register() -> None:
    """Register permissions, subjects, grants, navigation, routes and alert kinds."""
    role_permissions.register("crm", permissions.ROLES)
    subjects.register("crm.customer", Subject(Customer, "admin:crm_customer_page"))
    subjects.register("crm.holding", Subject(Holding, "admin:crm_holding_change"))
    subjects.register("crm.handover", Subject(Handover, "admin:crm_handover"))
    grant_models.register("crm.user", CustomerUserObjectPermission)
    grant_models.register("crm.group", CustomerGroupObjectPermission)
    charge_models.register("crm.customer", Customer)
    for model in (Customer, Interaction, Task, FeedDifference):
        rights.register(model._meta.label_lower, acting_by)
    register_words(verbs.WORDS)
    navigation.register()
    standing_in.register()
    alert_kinds.register(alerts.MaturityAlert.name, alerts.MaturityAlert())
    alert_kinds.register(pool_alert.PoolAlert.name, pool_alert.PoolAlert())
    alert_kinds.register(recertification_alert.RecertificationAlert.name, recertification_alert.RecertificationAlert())
    alert_kinds.register(restricted_alert.RestrictedLookAlert.name, restricted_alert.RestrictedLookAlert())
    alert_kinds.register(reveal_alarm.RevealAlarm.name, reveal_alarm.RevealAlarm())
    append_only.register("crm.identifierreveal", IdentifierReveal)
    alert_kinds.register(security_alerts.BreakGlassAlarm.name, security_alerts.BreakGlassAlarm())
    alert_kinds.register(decision_alert.DecisionAlert.name, decision_alert.DecisionAlert())
    for told in (token_alerts.TokenEnds(), token_alerts.TokenOffered(), token_alerts.TokenEnded()):
        alert_kinds.register(told.name, told)
    admin_urls.register("crm.portfolio", portfolio_page.urls)
    admin_urls.register("crm.charge", charge_pages.urls)
    admin_urls.register("crm.restricted", restricted_pages.urls)
    proposal_kinds.register(Restriction.name, Restriction())
    proposal_kinds.register(HandingOver.name, HandingOver())
    admin_urls.register("crm.cover_customers", cover_customers.urls)
    admin_urls.register("crm.user_access", user_access.urls)
    admin_urls.register("crm.recertification", recertification.urls)
    _routes()


def _routes() -> None:
    from crm.api import assignments, customers, exchange_rates, feed, portfolio, relations, work

    api_routes.register("customers", customers.CustomerViewSet)
    api_routes.register("assignments", assignments.AssignmentViewSet)
    api_routes.register("holdings", customers.HoldingViewSet)
    api_routes.register("relationships", relations.RelationshipViewSet)
    api_routes.register("portfolio", portfolio.PortfolioViewSet)
    api_routes.register("exchange-rates", exchange_rates.ExchangeRateViewSet)
    api_routes.register("interactions", work.InteractionViewSet)
    api_routes.register("tasks", work.TaskViewSet)
    api_routes.register("feed-differences", feed.FeedDifferenceViewSet)
    api_routes.register("feed-loads", feed.FeedLoadViewSet)
