"""A password hasher that says how often it was asked."""

from django.contrib.auth.hashers import MD5PasswordHasher

asked = []


class CountingHasher(MD5PasswordHasher):
    """Counts."""

    def encode(self, password, salt):
        """Note that a password is hashed."""
        asked.append(salt)
        return super().encode(password, salt)
