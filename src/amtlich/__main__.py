# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`python -m amtlich`, and the command `amtlich` of an installed wheel."""

import signal
import sys

_BROKEN_OFF = 128 + signal.SIGINT


def main() -> int:
    """Run the command line with the arguments of this process; returns the exit code."""
    try:
        from amtlich.faces.cli.commands import main as command  # noqa: PLC0415 - Ctrl-C may come this early

        status = command(sys.argv[1:])
    except KeyboardInterrupt:
        print("\nAbgebrochen.", file=sys.stderr)  # noqa: T201 - the command line is not there yet
        status = _BROKEN_OFF
    if status == _BROKEN_OFF:
        # Python 3.11 kills itself at the end if Ctrl-C once came inside `exec`, although we caught it
        # (every dataclass is made by an `exec`). Blocked, that signal leaves our exit code in place.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    return status


if __name__ == "__main__":
    sys.exit(main())
