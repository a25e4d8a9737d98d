"""The audit trail: who did, saw, asked what, when and why. Rows are only ever added."""
