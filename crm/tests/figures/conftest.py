"""Banks whose every figure is asked for."""

from crm.tests.demo.conftest import bank_of_1500

__all__ = ["bank_of_1500"]
