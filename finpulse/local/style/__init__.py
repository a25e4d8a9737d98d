"""The page on which every component of the console is seen in its states, on a developer's machine."""
