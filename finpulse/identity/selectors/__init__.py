"""Reads of people, roles and covers, shaped for one page each."""
