"""Ask the kernel to end this process when its parent ends, however the parent ends."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def hold(parent: int) -> None:
    """Receive SIGTERM when the parent, whose process id is given, ends; now, if it has ended already.

    Only Linux offers this; elsewhere nothing happens.
    """
    if _libc is None:
        return
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)
