# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from amtlich.engines.documents import fonts, render
from amtlich.engines.documents.seal import Sealer, SealKey, make_seal_key

NOTICES = Path(__file__).parents[4] / "services" / "meldebescheinigung" / "notices"
AT = datetime(2026, 11, 25, 13, 3, 10, tzinfo=UTC)


@pytest.fixture(scope="session")
def font_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fonts.prepare(tmp_path_factory.mktemp("fonts"))


@pytest.fixture(scope="session")
def notice_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("package") / "notices"
    shutil.copytree(NOTICES, root)
    render.install_base(root)
    return root


@pytest.fixture(scope="session")
def renderer(notice_root: Path, font_folder: Path) -> render.Renderer:
    return render.Renderer(notice_root, font_folder)


@pytest.fixture(scope="session")
def seal_key() -> SealKey:
    return make_seal_key("Stadt Musterstadt", not_before=AT.replace(hour=0))


@pytest.fixture(scope="session")
def sealer(seal_key: SealKey) -> Sealer:
    return Sealer(seal_key)
