"""The catalogue in the API, to be read."""
