"""PostgreSQL, Valkey and a sign-in provider for one checkout, under its var/ folder. For developers and tests only."""
