"""The local services, as a developer meets them: real processes in copies of the checkout."""
