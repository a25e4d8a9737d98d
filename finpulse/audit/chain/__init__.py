"""What makes the trail a chain: the canonical form of an event, keys, seals and the head anchored outside."""
