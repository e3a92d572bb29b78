# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from __future__ import annotations

import re
from pathlib import Path

import amtlich.engines.forms


def test_the_example_of_the_readme_runs() -> None:
    readme = Path(amtlich.engines.forms.__file__).with_name("README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```python\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    exec(compile(example, "README.md", "exec"), {})
