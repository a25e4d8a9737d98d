"""The customer page's own panels."""
