"""A browser in words, as far as its own name for itself can be believed."""

# The first that is found in the name: most name the others too.
BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
    ("python-requests/", "a Python script"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Mac OS X", "a Mac"),
    ("Linux", "Linux"),
)


def agent_in_words(agent: str) -> str:
    """Give "Firefox on Windows", or as much of it as the name tells."""
    browser = next((words for mark, words in BROWSERS if mark in agent), "Another program" if agent else "Not known")
    system = next((words for mark, words in SYSTEMS if mark in agent), "")
    return f"{browser} on {system}" if system else browser
