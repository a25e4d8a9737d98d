"""Identity in the API."""
