"""Which row an address of a sight names in braces: its key, asked of the database."""

from __future__ import annotations

ROWS = {
    "family": "SELECT id FROM crm_customer WHERE customer_no = 'DC000001'",
    "household": "SELECT id FROM crm_customer WHERE customer_no = 'DC000022'",
    "firm": "SELECT id FROM crm_customer WHERE customer_no = 'DC000027'",
    "default": "SELECT id FROM crm_customer WHERE customer_no = 'DC000033'",
    "prospect": "SELECT id FROM crm_customer WHERE customer_no = 'DC000035'",
    "holding": "SELECT min(id) FROM crm_holding WHERE customer_id = {family}",
    "interaction": "SELECT min(id) FROM crm_interaction WHERE customer_id = {family}",
    "task": "SELECT min(id) FROM crm_task WHERE customer_id = {family}",
    "difference": "SELECT min(id) FROM crm_feeddifference",
    "load": "SELECT min(id) FROM crm_feedload",
    "message": "SELECT min(id) FROM notifications_message",
    "proposal": "SELECT min(id) FROM kernel_proposal",
    "given_up": "SELECT min(id) FROM kernel_queuedtask WHERE state = 'DEAD'",
    "looked": "SELECT max(id) FROM audit_auditevent WHERE subject_type = 'identity.user'",
    "away": "SELECT id FROM identity_user WHERE username = 'script'",
    "user": "SELECT id FROM identity_user WHERE username = 'alice'",
    "leaver": "SELECT id FROM identity_user WHERE username = 'lena'",
    "token": "SELECT min(id) FROM identity_apitoken",
    "unit": "SELECT id FROM identity_unit WHERE code = 'NORTH'",
    "role": "SELECT id FROM auth_group WHERE name = 'customer_manager'",
    "cover": "SELECT max(id) FROM identity_cover",
    "covered": "SELECT min(customer_id) FROM crm_covercustomer",
    "product": "SELECT min(id) FROM products_product",
    "handover": "SELECT min(id) FROM crm_handover",
    "attempt": "SELECT min(id) FROM identity_signinattempt",
    "claim_mapping": "SELECT min(id) FROM identity_claimmapping",
}
