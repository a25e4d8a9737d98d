"""Reading the Consumer Data Standards (Australia): "Get Product Detail" documents into facts, or a refusal.

Source: consumerdatastandardsaustralia.github.io/standards, Banking, Product & Account Components.
"""

from products.cdr.document import ProductRefused
from products.cdr.facts import ConstraintFacts, CriterionFacts, FeeFacts, ProductFacts, RateFacts, TierFacts
from products.cdr.files import SourceRefused, product_documents, product_files
from products.cdr.product import read_product

__all__ = [
    "ConstraintFacts",
    "CriterionFacts",
    "FeeFacts",
    "ProductFacts",
    "ProductRefused",
    "RateFacts",
    "SourceRefused",
    "TierFacts",
    "product_documents",
    "product_files",
    "read_product",
]
