"""The customer module in the API."""
