# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`python -m amtlich`, and the command `amtlich` of an installed wheel."""

import sys

from amtlich.faces.cli.commands import main as command


def main() -> int:
    """Run the command line with the arguments of this process; returns the exit code."""
    return command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
