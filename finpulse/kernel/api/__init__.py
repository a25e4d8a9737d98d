"""The API's frame: scoped viewsets, keyset pages, problem documents, answers given once."""
