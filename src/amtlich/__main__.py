# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`python -m amtlich`, and the command `amtlich` of an installed wheel."""

import sys


def main() -> int:
    """Run the command line with the arguments of this process; returns the exit code."""
    try:
        from amtlich.faces.cli.commands import main as command  # noqa: PLC0415 - Ctrl-C may come this early

        return command(sys.argv[1:])
    except KeyboardInterrupt:
        print("\nAbgebrochen.", file=sys.stderr)  # noqa: T201 - the command line is not there yet
        return 130


if __name__ == "__main__":
    sys.exit(main())
