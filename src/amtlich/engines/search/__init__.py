# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Search over a few hundred short German descriptions: inflection, compounds, typos, official keys."""

from amtlich.engines.search.documents import Document, DuplicateDocument, SearchError
from amtlich.engines.search.hits import Hit, How, Match
from amtlich.engines.search.index import Index

__all__ = ["Document", "DuplicateDocument", "Hit", "How", "Index", "Match", "SearchError"]
