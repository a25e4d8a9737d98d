"""Verbs on people that need two people."""
