"""The engine of `import_bank`: reads the core-banking feed row by row and makes the tables say the same.

A folder (`folder`, `manifest`) holds files; a file yields records (`records`), which a declared form (`forms`,
`parsers`) turns into rows; rows travel in chunks (`chunks`) through a temporary table (`stage`) into their own
(`upsert`). What a file means is said in `files/`, one module each.
"""
