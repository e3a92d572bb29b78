# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`python -m amtlich`: what `./amtlich` hands over to."""

import sys

from amtlich.faces.cli.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
