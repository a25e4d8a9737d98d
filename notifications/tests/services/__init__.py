"""Delivery to a real mail server, giving up and sending again, reading."""
