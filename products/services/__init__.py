"""What is done with the catalogue."""

from products.services.catalogue import CatalogueImportRefused, catalogue_import
from products.services.demo import demo_catalogue_import
from products.services.product import Change, product_import
from products.services.report import BankCounts, ImportReport, Refusal

__all__ = [
    "BankCounts",
    "CatalogueImportRefused",
    "Change",
    "ImportReport",
    "Refusal",
    "catalogue_import",
    "demo_catalogue_import",
    "product_import",
]
