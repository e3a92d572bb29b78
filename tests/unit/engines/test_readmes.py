# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Each engine is usable alone: its README says how, and what it says runs."""

import re
from pathlib import Path

import pytest

import amtlich.engines

ENGINES = sorted(
    path for path in Path(amtlich.engines.__file__).parent.iterdir() if (path / "__init__.py").is_file()
)


@pytest.mark.parametrize("engine", ENGINES, ids=lambda path: path.name)
def test_the_example_in_the_readme_runs(engine, tmp_path, monkeypatch):
    text = (engine / "README.md").read_text(encoding="utf-8")
    examples = re.findall(r"```python\n(.*?)```", text, re.S)
    assert examples, f"{engine.name}/README.md has no example"
    monkeypatch.chdir(tmp_path)
    scope = {"__name__": "readme"}
    for example in examples:
        exec(compile(example, str(engine / "README.md"), "exec"), scope)


@pytest.mark.parametrize("engine", ENGINES, ids=lambda path: path.name)
def test_each_engine_has_its_benchmark(engine):
    root = Path(__file__).parents[3]
    assert (root / "bench" / f"{engine.name}.py").is_file()
