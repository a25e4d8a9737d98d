"""The local PostgreSQL: which binaries, whose process, which folder, which roles."""
