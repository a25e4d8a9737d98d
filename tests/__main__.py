"""The whole suite with its two halves side by side, each on a database of its own.

One core asks the access matrix while the other does everything else under coverage. With a path or a value among the
arguments it is one pytest, as called.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from finpulse.local import services

APART = "tests/access"


def main(arguments: list[str]) -> int:
    """Run the tests; give the worse of both halves' exit statuses."""
    pytest = [sys.executable, "-m", "pytest", *arguments]
    if not all(argument.startswith("-") for argument in arguments):
        return subprocess.run([*pytest, "--cov"], check=False).returncode
    with services.running(), tempfile.TemporaryFile("w+") as said:
        variables = os.environ | {"FINPULSE_TEST_DATABASE": "test_finpulse_access"}
        apart = subprocess.Popen([*pytest, APART], env=variables, stdout=said, stderr=subprocess.STDOUT, text=True)
        try:
            status = subprocess.run([*pytest, f"--ignore={APART}", "--cov"], check=False).returncode
            apart.wait()
        finally:
            apart.kill()
        said.seek(0)
        print(said.read())
        return max(status, apart.returncode)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
