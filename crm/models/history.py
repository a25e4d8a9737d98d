"""What customers and holdings were before each change (docs/adr/0001-history-of-customers-and-holdings.md)."""

from crm.models.customer import Customer
from crm.models.holding import Holding
from finpulse.kernel.history.rows import history_of

# Of who he is and how to reach him, only that it changed: the history outlives an erasure.
CUSTOMER_TOLD = (
    "given_name", "family_name", "organisation_name", "birth_on", "gender", "national_id_index", "tax_id_index",
    "registration_no", "email", "phone", "address", "city", "region", "postal_code", "country", "nationality",
    "language", "occupation", "annual_income", "annual_turnover",
)  # fmt: skip
CUSTOMER_KEPT = (
    "customer_no", "source", "kind", "currency", "segment", "status", "kyc_status", "kyc_level", "kyc_review_on",
    "aml_risk", "pep", "restricted", "investment_risk_profile", "credit_rating", "manager", "unit", "booking_branch",
    "joined_on", "closed_on", "edited_here",
)  # fmt: skip
# Follows from others, or is the same value encrypted anew.
CUSTOMER_SILENT = ("id", "uid", "sort_name", "search_text", "national_id", "tax_id", "created_at", "updated_at")

# The name of a holding may be its owner's.
HOLDING_TOLD = ("name", "iban")
HOLDING_KEPT = (
    "holding_no", "source", "customer", "kind", "product_code", "currency", "credit_limit", "original_amount", "rate",
    "rate_type", "instalment", "opened_on", "matures_on", "closed_on", "status",
)  # fmt: skip
# The core-banking system tells these anew each night.
HOLDING_SILENT = (
    "id", "balance", "available", "balance_as_of", "next_due_on", "days_past_due", "overdue_amount", "created_at",
    "updated_at",
)  # fmt: skip

CustomerHistory = history_of(Customer, name="CustomerHistory", kept=CUSTOMER_KEPT, told=CUSTOMER_TOLD)
HoldingHistory = history_of(Holding, name="HoldingHistory", kept=HOLDING_KEPT, told=HOLDING_TOLD)
