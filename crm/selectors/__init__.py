"""Reads shaped for one screen or report."""
