"""FinPulse: the back office of a commercial bank's customer managers."""
