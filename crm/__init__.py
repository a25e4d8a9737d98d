"""Customers, what they have and owe, and what happens with them."""
