# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The mails themselves: sentences in three language forms, drawn as plain text and as HTML.

The German sentences stand in ``sentences.py``, the other forms in ``words.toml`` beside it.
"""
