# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Telling the citizen by e-mail that there is something to see. A hint, never the notification itself.

Whatever goes wrong with a mail must not stop a case: it is logged, and the case goes on.
"""

from __future__ import annotations

import logging
from typing import Literal

from amtlich.contexts.cases.models import Case
from amtlich.contexts.mail import api as mail

log = logging.getLogger(__name__)


def tell(case: Case, kind: Literal["received", "answer_needed", "decided"], seq: int) -> None:
    """Tell once per occasion and ``seq`` (which of its kind in this case), however often a job repeats it.

    Call it outside of ``tenant()``.
    """
    try:
        mail.tell(
            case.authority_id,
            case.holder_id,
            kind=kind,
            case_id=case.pk,
            case_token=case.token,
            reference=case.reference,
            key=f"{case.pk}:{kind}:{seq}",
        )
    except Exception:
        # Not even a fault of ours in writing a letter is a reason to leave an application lying.
        log.exception("case %s: no e-mail of the kind %r could be prepared", case.pk, kind)
