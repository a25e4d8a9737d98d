"""The bank's catalogue: products, rates over time, purchase criteria. Never who holds them."""
