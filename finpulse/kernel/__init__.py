"""The technical parts every app leans on: access, admin, API, queue, encryption, errors, registries. No bank noun."""
