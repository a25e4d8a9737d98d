"""Users, the tree of units, roles, covers, and signing in."""
