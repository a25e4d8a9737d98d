"""Verbs on customers that need two people."""
