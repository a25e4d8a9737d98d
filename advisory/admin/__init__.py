"""Advice in the console."""
