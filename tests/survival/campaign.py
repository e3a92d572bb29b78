# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""One run from beginning to end: install, send, kill, wait until all is settled, judge."""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.survival.clients import Crowd, Pile
from tests.survival.judging import RESUMED_WITHIN, Gap, Verdict, gaps, judge
from tests.survival.killer import Killer, plan
from tests.survival.ledger import Ledger, applications
from tests.survival.office import PEOPLE, Office

_CLIENTS = 12
Say = Callable[[str], None]


def survive(
    submissions: int = 100,
    kills: int = 5,
    seed: int = 1,
    *,
    home: Path | None = None,
    say: Say = lambda _: None,
) -> Verdict:
    """Run it in this process, which must not have set Django up, in its main thread.

    ``home`` is kept where it is given, for looking into logs; else a temporary one is removed.
    """
    folder = home or Path(tempfile.mkdtemp(prefix="amtlich-survival-"))
    office = Office(folder)
    try:
        began = time.monotonic()
        office.set_up()
        say(f"set up in {time.monotonic() - began:.1f} s, port {office.port}, {office.cluster.version}")
        campaign = _Campaign(office, submissions, kills, seed, say)
        office.run(when_started=campaign.start)
        return campaign.verdict()
    finally:
        office.close()
        if home is None:
            shutil.rmtree(folder, ignore_errors=True)


class _Campaign(threading.Thread):
    """Everything that goes on beside the supervisor, which needs the main thread."""

    def __init__(self, office: Office, submissions: int, kills: int, seed: int, say: Say) -> None:
        super().__init__(name="campaign", daemon=True)
        self._office = office
        self._kills = kills
        self._seed = seed
        self._say = say
        self._ledger = Ledger()
        self._applications = applications(submissions, seed, dict(PEOPLE))
        self._pause = threading.Event()
        self._verdict: Verdict | None = None
        self._failure: BaseException | None = None

    def verdict(self) -> Verdict:
        """What came of it; raises what the run itself failed with."""
        if self._failure is not None:
            raise self._failure
        if self._verdict is None:
            raise RuntimeError("the run was interrupted")
        return self._verdict

    def run(self) -> None:
        try:
            self._verdict = self._run()
        except BaseException as failure:  # noqa: BLE001 - handed over to the main thread
            self._failure = failure
        finally:
            self._office.supervisor.stop()

    def _run(self) -> Verdict:
        began = time.monotonic()
        pile = Pile(self._applications)
        crowd = [
            Crowd(f"client {n}", self._office.port, pile, self._office.statements, self._ledger, self._seed)
            for n in range(_CLIENTS)
        ]

        def still_on() -> bool:
            return any(client.is_alive() for client in crowd)

        killer = Killer(
            plan(len(self._applications), self._kills, self._seed),
            self._office.supervisor,
            self._office.cluster,
            self._ledger,
            still_on,
            self._seed,
        )
        for thread in (*crowd, killer):
            thread.start()
        for thread in (*crowd, killer):
            thread.join()
        self._say(f"all sent after {time.monotonic() - began:.1f} s")
        self._wait_until_settled()
        self._say(f"all settled after {time.monotonic() - began:.1f} s")
        from tests.survival import facts

        account = self._ledger.close()
        self._say("answers: " + ", ".join(f"{how} {n}" for how, n in sorted(account.answers.items())))
        found = facts.read(self._office.authority_id)
        for gap in gaps(account, found):
            self._say(f"{gap.strike.victim} killed at {gap.strike.at:.2f}: next {gap.until} {_seconds(gap)}")
        return judge(self._applications, account, found, self._kills)

    def _wait_until_settled(self) -> None:
        """Until no case is open and no job is left, as long as there is progress at least every 30 s."""
        from tests.survival import facts

        seen, ends = -1, time.monotonic() + RESUMED_WITHIN
        while time.monotonic() < ends:
            if facts.unsettled(self._office.authority_id) == 0:
                return
            now = facts.progress(self._office.authority_id)
            if now != seen:
                seen, ends = now, time.monotonic() + RESUMED_WITHIN
            self._pause.wait(0.1)
        self._ledger.wrong(f"nothing moved for {RESUMED_WITHIN:.0f} s, and not everything was done")


def _seconds(gap: Gap) -> str:
    return "never" if gap.seconds is None else f"after {gap.seconds:.2f} s"
