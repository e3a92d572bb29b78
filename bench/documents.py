# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What one sealed Meldebescheinigung costs, step by step, against the limit of its cryptography.

    python bench/documents.py [ROUNDS]

The limit, measured in the same run: SHA-256 over the finished file and one ES256 signature. No sealed
document can cost less. CPU time of this process, so a busy machine changes little. Every document has
another person, for typst answers equal input from memory.
"""

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from amtlich.engines.documents import fonts, gate, qr
from amtlich.engines.documents.render import Renderer, install_base
from amtlich.engines.documents.seal import Sealer, make_seal_key, verify
from amtlich.kernel import clock

NOTICES = Path(__file__).parents[1] / "services" / "meldebescheinigung" / "notices"


def certificate(number: int) -> dict[str, object]:
    given = (
        f"Marie{'abcdefghij'[number % 10]}{'abcdefghij'[number // 10 % 10]}{'abcdefghij'[number // 100 % 10]}"
    )
    record = {
        "family": "Brückner",
        "given": [{"text": "Lena", "usual": True}, {"text": given}],
        "born": "13.02.1988",
        "addresses": [
            {"kind": "main", "lines": ["Lindenweg 12", "12345 Musterstadt"]},
            {"kind": "secondary", "lines": ["Seestraße 12 a", "18055 Rostock"]},
        ],
    }
    return {
        "meta": {
            "title": "Meldebescheinigung",
            "description": "Bescheinigung aus dem Melderegister",
            "issued": "2026-11-25T14:03:09",
            "issued_utc": "2026-11-25T13:03:09Z",
            "reference": f"MB-2026-{number:05}",
        },
        "sender": {
            "town": "Stadt Musterstadt",
            "office": "Bürgeramt",
            "street": "Rathausplatz 1",
            "city": "12345 Musterstadt",
        },
        "statement": "Die Stadt Musterstadt bescheinigt aus ihrem Melderegister:",
        "record": record,
        "legal_basis": "§ 18 Absatz 1 Bundesmeldegesetz",
        "retrieved": "2026-11-25T14:03:09",
        "check": qr.check_block("https://musterstadt.example/pruefen", "K7M4-2QXD-9TRP"),
        "notes": ["Diese Bescheinigung wurde elektronisch erstellt und ist ohne Unterschrift gültig."],
        "attachment": {
            "name": "meldebescheinigung.json",
            "description": "Maschinenlesbarer Datensatz",
            "content": json.dumps(record, ensure_ascii=False),
        },
    }


def cost(step: Callable[[int], object], rounds: int) -> float:
    """CPU milliseconds a call, the first call (loading) left out."""
    step(0)
    start = time.process_time()
    for number in range(1, rounds + 1):
        step(number)
    return (time.process_time() - start) / rounds * 1000


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "notices"
        shutil.copytree(NOTICES, root)
        install_base(root)
        start = time.process_time()
        made = fonts.prepare(Path(folder) / "fonts")
        preparing = (time.process_time() - start) * 1000
        renderer, key = Renderer(root, made), make_seal_key("Stadt Musterstadt")
        sealer, private = Sealer(key), ec.generate_private_key(ec.SECP256R1())

        def sealed(pdf: bytes) -> bytes:
            return sealer.seal(pdf, reason="Meldebescheinigung", field_label="Siegel", at=clock.now())

        bare = [renderer.render("bescheinigung.typ", certificate(number)) for number in range(rounds + 1)]
        done = [sealed(pdf) for pdf in bare]
        texts = ["Brückner", "Lena", "Lindenweg 12", "13.02.1988"]

        def whole(number: int) -> object:
            pdf = sealed(renderer.render("bescheinigung.typ", certificate(number + rounds + 1)))
            return gate.check(pdf, texts=texts, certificate_pem=key.certificate_pem)

        steps: dict[str, Callable[[int], object]] = {
            "limit: SHA-256 and ES256": lambda n: private.sign(done[n], ec.ECDSA(hashes.SHA256())),
            "render": lambda n: renderer.render("bescheinigung.typ", certificate(n + 2 * rounds + 2)),
            "seal": lambda n: sealed(bare[n]),
            "verify": lambda n: verify(done[n]),
            "gate": lambda n: gate.check(done[n], texts=texts, certificate_pem=key.certificate_pem),
            "render + seal + gate": whole,
        }
        costs = {name: cost(step, rounds) for name, step in steps.items()}
        limit = costs["limit: SHA-256 and ES256"]
        print(f"{rounds} certificates of {len(done[0]) / 1000:.0f} kB")
        for name, milliseconds in {**costs, "fonts, once an installation": preparing}.items():
            print(f"{name:30} {milliseconds:9.2f} ms CPU {milliseconds / limit:9.0f} x limit")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
