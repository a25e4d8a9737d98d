"""Measurements of load and scale that anyone may run; they take minutes and are no tests."""
