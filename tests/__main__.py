"""The whole suite with its two halves side by side, each on a database of its own.

One core asks what needs no coverage, since other tests run the same lines: the access matrix, every page of a whole
bank, and what a browser sees. The other does everything else under coverage. Before both, the audit trail's: a
transaction that is open anywhere on the server holds the sealer's horizon. With a path or a value among the arguments
it is one pytest, as called.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from finpulse.local import services

APART = ("tests/access", "crm/tests/figures/test_independent.py", "tests/browser")
FIRST = tuple(f"finpulse/audit/tests/test_{name}.py" for name in ("sealing", "verify_audit", "trail_page"))


def main(arguments: list[str]) -> int:
    """Run the tests; give the worst of their exit statuses."""
    pytest = [sys.executable, "-m", "pytest", *arguments]
    if not all(argument.startswith("-") for argument in arguments):
        return subprocess.run([*pytest, "--cov"], check=False).returncode
    with services.running(), tempfile.TemporaryFile("w+") as said:
        first = subprocess.run(
            [*pytest, *FIRST, "--cov", "--cov-fail-under=0", "--cov-report="], check=False
        ).returncode
        variables = os.environ | {"FINPULSE_TEST_DATABASE": "test_finpulse_access"}
        apart = subprocess.Popen([*pytest, *APART], env=variables, stdout=said, stderr=subprocess.STDOUT, text=True)
        try:
            others = [*(f"--ignore={path}" for path in (*APART, *FIRST)), "--cov", "--cov-append"]
            status = subprocess.run([*pytest, *others], check=False).returncode
            apart.wait()
        finally:
            apart.kill()
        said.seek(0)
        print(said.read())
        return max(first, status, apart.returncode)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
