"""The customer module's cards on my day."""
