"""The queue, on the database and on a broker of its own."""
