# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Which commands there are, what each takes, and which function does it."""

import argparse
import difflib
import errno
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from amtlich import __version__
from amtlich.kernel.errors import AmtlichError
from amtlich.platform.settings.config import config
from amtlich.platform.supervisor.errors import disk_full

_NO_SPACE = 20 * 1024 * 1024  # PostgreSQL needs 16 MB for the next piece of its log
# Their words: contexts.proofs.revocation_reasons, which cannot be asked before Django stands.
_REVOCATION_REASONS = "error (Fehler), replaced (ersetzt), outdated (überholt), seal (Siegel unsicher), other"
Command = Callable[[argparse.Namespace], int]


class _GermanParser(argparse.ArgumentParser):
    """argparse with German headings, and one sentence instead of a usage dump when a call is wrong."""

    def __init__(self, **options: object) -> None:
        options.update(add_help=False, allow_abbrev=False)
        super().__init__(**options)  # type: ignore[arg-type]
        self._positionals.title = "Befehle und Angaben"
        self._optionals.title = "Schalter"
        self.add_argument("-h", "--help", action="help", help="diese Hilfe zeigen")

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "Aufruf: ", 1)

    def error(self, message: str) -> NoReturn:
        print(f"Amtlich: Diesen Aufruf gibt es nicht ({_german(message)}). Hilfe: {self.prog} --help",
              file=sys.stderr)  # fmt: skip
        raise SystemExit(2)


def _german(message: str) -> str:
    for english, german in (
        ("the following arguments are required:", "es fehlt:"),
        ("unrecognized arguments:", "unbekannt:"),
        ("expected one argument", "hier fehlt ein Wert"),
        ("expected at least one argument", "hier fehlt ein Wert"),
        ("invalid int value:", "keine Zahl:"),
        ("invalid _port value:", "kein Port von 1 bis 65535:"),
        ("invalid choice:", "nicht möglich:"),
        ("choose from", "möglich sind"),
        ("argument ", ""),
    ):
        message = message.replace(english, german)
    return message


def _port(text: str) -> int:
    if text.isascii() and text.isdecimal() and 1 <= int(text) <= 65535:
        return int(text)
    raise ValueError(text)


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit status. Errors of ours end as one German sentence."""
    parser = build_parser()
    words = list(arguments) or ["--help"]
    _refuse_unknown_command(parser, words)
    chosen = parser.parse_args(words)
    run: Command = chosen.run
    try:
        return run(chosen)
    except AmtlichError as refusal:
        print(f"Amtlich: {refusal}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nAbgebrochen.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Whoever read our output has gone; that is no error worth a trace.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        # A full disk shows itself in many ways; the person needs the one reason behind them.
        if not _disk_is_full(error):
            raise
        print(f"Amtlich: {disk_full(config().home)}", file=sys.stderr)
        return 2


def _disk_is_full(error: Exception) -> bool:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    home = config().home
    return home.is_dir() and shutil.disk_usage(home).free < _NO_SPACE


def _refuse_unknown_command(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:
    known = list(_commands(parser))
    if words[0].startswith("-") or words[0] in known:
        return
    near = difflib.get_close_matches(words[0], known, n=1)
    hint = f"Meinten Sie „{near[0]}“?" if near else f"Es gibt: {', '.join(known)}."
    print(f"Amtlich: Den Befehl „{words[0][:40]}“ gibt es nicht. {hint}", file=sys.stderr)
    raise SystemExit(2)


def _commands(parser: argparse.ArgumentParser) -> Sequence[str]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return list(action.choices)
    return []


def build_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    parser = _GermanParser(prog="amtlich", description="Vom Antrag bis zum gesiegelten Bescheid.")
    parser.add_argument(
        "--version", action="version", version=f"Amtlich {__version__}", help="Fassung zeigen"
    )
    add = parser.add_subparsers(metavar="BEFEHL", required=True, parser_class=_GermanParser).add_parser

    demo = add("demo", help="Vorführung: alles einrichten, einen Antrag durchspielen, Adresse nennen")
    demo.add_argument(
        "--once", action="store_true", help="nach dem einen Antrag enden; letzte Zeile ist JSON"
    )
    _add_address(demo)
    demo.set_defaults(run=_lazily("demo", "demo"))

    serve = add("serve", help="Betrieb: Datenbank (wenn keine angegeben ist), Web und Worker unter Aufsicht")
    _add_address(serve)
    serve.set_defaults(run=_lazily("serving", "serve"))

    web = add("web", help="nur den Webdienst, gegen eine vorhandene Datenbank")
    _add_address(web)
    web.add_argument("--sockets", default="", help=argparse.SUPPRESS)
    web.set_defaults(run=_lazily("serving", "web"))

    worker = add("worker", help="nur den Worker, gegen eine vorhandene Datenbank")
    worker.add_argument("--supervised", action="store_true", help=argparse.SUPPRESS)
    worker.set_defaults(run=_lazily("serving", "worker"))

    migrate = add("migrate", help="die Datenbank auf den Stand dieser Fassung bringen")
    migrate.set_defaults(run=_lazily("serving", "migrate"))

    backup = add("backup", help="alles sichern: Datenbank, Dateien und Schlüssel, in einen neuen Ordner")
    backup.add_argument("folder", type=Path, metavar="ORDNER")
    backup.set_defaults(run=_lazily("backups", "backup"))
    restore = add("restore", help="eine Sicherung einspielen und nachzählen")
    restore.add_argument("folder", type=Path, metavar="ORDNER")
    restore.add_argument("--replace", action="store_true", help="ersetzen, was da ist: es ist dann fort")
    restore.set_defaults(run=_lazily("backups", "restore"))

    upgrade = add("upgrade", help="auf diese Fassung umstellen: sichern, migrieren, prüfen; sonst zurück")
    upgrade.set_defaults(run=_lazily("upgrade", "upgrade"))

    check = add("check", help="Einstellungen und Umgebung prüfen, ein Satz je Befund")
    check.set_defaults(run=_lazily("checking", "check"))

    _add_service(add("service", help="Leistungspakete prüfen, veröffentlichen, bestätigen, auflisten"))

    _add_authority(add("authority", help="Behörden einrichten, auflisten, ab- und einschalten"))

    _add_staff(add("staff", help="Beschäftigte anlegen, Rollen geben, sperren, neuen Zugang bestätigen"))

    _add_partner(add("partner", help="Partner der Schnittstelle und ihre Schlüssel"))

    _add_mail(add("mail", help="E-Mails: Postausgang ansehen, gescheiterte wiederholen, Versand prüfen"))

    verify = add("verify", help="alle Aufzeichnungen prüfen; verfälschte Zeilen werden genannt")
    verify.add_argument("--authority", metavar="KÜRZEL", help="nur diese Behörde")
    verify.add_argument("--last", action="store_true", help="nur zeigen, was der letzte Lauf ergab")
    verify.set_defaults(run=_lazily("verifying", "verify"))

    _add_maintenance(add("maintenance", help="das Portal für Wartung schließen und wieder öffnen"))

    _add_feedback(add("feedback", help="Rückmeldungen und gemeldete Barrieren lesen"))

    _add_upkeep(add("upkeep", help="Aufbewahrung: was fällig ist, löschen, Nachweise, Regeln"))

    _add_proofs(add("proofs", help="ausgestellte Dokumente nachsehen und widerrufen"))

    _add_rules(add("rules", help="das Regelwerk gegen einen fremden Prüfsatz laufen lassen"))

    _add_case(add("case", help="einen Vorgang ansehen, nachfragen, schreiben, Zustellung vermerken"))

    test = add("test", help="Prüfungen: gate (Vorgabe), conformance, long, accessibility oder Dateien")
    test.add_argument("what", nargs="*", metavar="WAS", help="eine Prüfung oder Testdateien")
    test.set_defaults(run=_lazily("testing", "test"))
    return parser


def _add_case(case: argparse.ArgumentParser) -> None:
    what = case.add_subparsers(metavar="WAS", required=True, parser_class=_GermanParser)

    def add(name: str, function: str, text: str) -> argparse.ArgumentParser:
        command = what.add_parser(name, help=text)
        command.add_argument("token", metavar="VORGANG", help="die 26 Zeichen aus der Adresse seiner Seite")
        command.add_argument("--as", dest="name", metavar="NAME", required=True, help="wer das tut")
        command.set_defaults(run=_lazily("case_commands", function))
        return command

    add("show", "show", "Stand, Verlauf und Gespräch eines Vorgangs zeigen")
    ask = add("ask", "ask", "die Bürgerin oder den Bürger etwas fragen, alles auf einmal")
    ask.add_argument("--question", action="append", required=True, metavar="TEXT", help="mehrmals möglich")
    ask.add_argument("--days", type=int, default=14, metavar="N", help="Tage für die Antwort (Vorgabe: 14)")
    add("message", "message", "eine Nachricht in den Vorgang schreiben").add_argument("text", metavar="TEXT")
    fail = add("fail-notification", "fail_notification", "vermerken, dass ein Weg nicht zum Ziel kam")
    fail.add_argument("--reason", required=True, metavar="TEXT", help="warum")
    notify = add("notify", "notify", "vermerken, dass das Dokument auf diesem Weg angekommen ist")
    for command, default in ((fail, "portal"), (notify, "post")):
        command.add_argument(
            "--channel", choices=("portal", "post", "amt"), default=default, help=f"Weg (Vorgabe: {default})"
        )


def _add_address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=_port, metavar="PORT", help="Port des Webdienstes")
    parser.add_argument("--listen", metavar="ADRESSE", help="Adresse, auf der er hört (Vorgabe: localhost)")


def _add_authority(authority: argparse.ArgumentParser) -> None:
    what = authority.add_subparsers(metavar="WAS", required=True, parser_class=_GermanParser)
    add = what.add_parser("add", help="eine Behörde aus einer TOML-Datei einrichten oder ändern")
    add.add_argument("file", type=Path, metavar="DATEI")
    add.set_defaults(run=_lazily("authorities", "add"))
    listing = what.add_parser("list", help="eingerichtete Behörden auflisten")
    listing.set_defaults(run=_lazily("authorities", "list_all"))
    off = what.add_parser("disable", help="abschalten: niemand erreicht sie mehr, ihre Daten bleiben")
    on = what.add_parser("enable", help="eine abgeschaltete Behörde wieder einschalten")
    for command, function in ((off, "disable"), (on, "enable")):
        command.add_argument("slug", metavar="KÜRZEL")
        command.set_defaults(run=_lazily("authorities", function))


def _add_staff(staff: argparse.ArgumentParser) -> None:
    what = staff.add_subparsers(metavar="WAS", required=True, parser_class=_GermanParser)

    def add(name: str, function: str, text: str) -> argparse.ArgumentParser:
        command = what.add_parser(name, help=text)
        if name != "list":
            command.add_argument("name", metavar="KENNUNG", help="zum Beispiel d.kaya")
            command.add_argument("--as", dest="by", metavar="NAME", required=True, help="wer das tut")
        command.add_argument("--authority", metavar="KÜRZEL", required=True, help="an dieser Behörde")
        command.set_defaults(run=_lazily("staff", function))
        return command

    roles = "caseworker, lead, publisher, administrator oder auditor; mehrmals möglich"
    new = add("add", "add", "jemanden anlegen; zeigt einmal den Link zum Einrichten")
    new.add_argument("--display", metavar="NAME", required=True, help="Vorname und Name")
    new.add_argument("--role", action="append", required=True, metavar="ROLLE", help=roles)
    add("list", "list_all", "Beschäftigte auflisten")
    role = add("roles", "set_roles", "Rollen ändern; gilt sofort")
    role.add_argument("--role", action="append", required=True, metavar="ROLLE", help=roles)
    add("disable", "disable", "Konto sperren; alle Sitzungen enden")
    add("enable", "enable", "Konto entsperren")
    add("link", "link", "neuer Link für ein Konto, das noch nicht eingerichtet ist")
    recover = add("recover", "recover", "alles verloren: neuen Zugang verlangen oder als Zweite bestätigen")
    recover.add_argument("--confirm", action="store_true", help="als zweite Person bestätigen")


def _add_partner(partner: argparse.ArgumentParser) -> None:
    what = partner.add_subparsers(metavar="WAS", required=True, parser_class=_GermanParser)

    def add(name: str, function: str, text: str) -> argparse.ArgumentParser:
        command = what.add_parser(name, help=text)
        command.add_argument("--authority", metavar="KÜRZEL", required=True, help="bei dieser Behörde")
        command.set_defaults(run=_lazily("partners", function))
        return command

    new = add("add", "add", "einen Partner anlegen")
    new.add_argument("slug", metavar="PARTNER", help="Kürzel, zum Beispiel fachverfahren-x")
    new.add_argument("--name", metavar="NAME", required=True, help="wie er im Zugriffsprotokoll heißt")
    new.add_argument("--contact", metavar="TEXT", required=True, help="wen man dort erreicht")
    key = add("key", "key", "einen Schlüssel machen; er erscheint nur einmal")
    key.add_argument("slug", metavar="PARTNER")
    key.add_argument("--scope", action="append", required=True, metavar="RECHT", help="mehrmals möglich")
    key.add_argument("--days", type=int, default=365, metavar="N", help="wie lange er gilt (Vorgabe: 365)")
    add("list", "list_all", "Partner und Schlüssel auflisten")
    add("revoke", "revoke", "einen Schlüssel sofort beenden").add_argument("prefix", metavar="ANFANG")


def _add_maintenance(maintenance: argparse.ArgumentParser) -> None:
    what = maintenance.add_subparsers(metavar="WAS", required=True, parser_class=_GermanParser)
    on = what.add_parser("on", help="alle Seiten zeigen ab sofort die Wartungsseite")
    on.add_argument("--until", metavar="ZEIT", help="voraussichtliches Ende, 18:00 oder 2026-11-26T06:00")
    on.add_argument("--reason", metavar="GRUND", help="ein Satz, den alle lesen")
    on.set_defaults(run=_lazily("maintenance", "on"))
    off = what.add_parser("off", help="wieder öffnen")
    off.set_defaults(run=_lazily("maintenance", "off"))


def _add_feedback(feedback: argparse.ArgumentParser) -> None:
    what = feedback.add_subparsers(metavar="WAS", required=True, parser_class=_GermanParser)
    listing = what.add_parser("list", help="als CSV ausgeben, das Neueste zuerst")
    listing.add_argument("--since", metavar="TAG", help="nur ab diesem Tag, zum Beispiel 2026-11-25")
    listing.add_argument("--authority", metavar="KÜRZEL", help="nur diese Behörde")
    listing.add_argument("--plain", action="store_true", help="zum Lesen statt als CSV")
    listing.set_defaults(run=_lazily("feedback", "list_all"))


def _add_upkeep(upkeep: argparse.ArgumentParser) -> None:
    what = upkeep.add_subparsers(metavar="WAS", required=True, parser_class=_GermanParser)
    preview = what.add_parser("preview", help="zeigen, was jetzt gelöscht würde, je Regel und Behörde")
    preview.set_defaults(run=_lazily("upkeep", "preview"))
    run = what.add_parser("run", help="jetzt löschen, was fällig ist (der Worker tut es jede Stunde)")
    run.add_argument(
        "--clock-is-right", action="store_true", help="auch dann, wenn der letzte Lauf in der Zukunft liegt"
    )
    run.set_defaults(run=_lazily("upkeep", "run"))
    log = what.add_parser("log", help="Nachweise über Löschungen, die neuesten zuerst")
    log.add_argument("--since", metavar="TAG", help="nur ab diesem Tag, zum Beispiel 2026-11-25")
    log.set_defaults(run=_lazily("upkeep", "log"))
    rules = what.add_parser("rules", help="alle Regeln und was ohne Frist bleibt")
    rules.set_defaults(run=_lazily("upkeep", "rules"))


def _add_proofs(proofs: argparse.ArgumentParser) -> None:
    what = proofs.add_subparsers(metavar="WAS", required=True, parser_class=_GermanParser)
    show = what.add_parser("show", help="zeigen, was zu einem Prüfcode ausgestellt ist")
    show.add_argument("code", metavar="PRÜFCODE")
    show.set_defaults(run=_lazily("proofs", "show"))
    revoke = what.add_parser("revoke", help="ein Dokument widerrufen; jede Prüfung sagt es von da an")
    revoke.add_argument("code", metavar="PRÜFCODE")
    revoke.add_argument("--reason", required=True, metavar="GRUND", help=_REVOCATION_REASONS)
    revoke.add_argument("--as", dest="by", required=True, metavar="NAME", help="wer widerruft")
    revoke.set_defaults(run=_lazily("proofs", "revoke"))


def _add_rules(rules: argparse.ArgumentParser) -> None:
    what = rules.add_subparsers(metavar="WAS", required=True, parser_class=_GermanParser)
    tck = what.add_parser("tck", help="alle Fälle eines DMN-Prüfsatzes (TCK); letzte Zeile ist JSON")
    tck.add_argument("folder", type=Path, metavar="ORDNER")
    tck.add_argument("--failures", action="store_true", help="nicht bestandene Fälle mit Grund nennen")
    tck.set_defaults(run=_lazily("rules", "run_tck"))


def _add_mail(mail: argparse.ArgumentParser) -> None:
    what = mail.add_subparsers(metavar="WAS", required=True, parser_class=_GermanParser)
    listing = what.add_parser("list", help="Postausgang, neueste zuerst; Adressen sind verkürzt")
    listing.add_argument("--failed", action="store_true", help="nur, was nicht ankam")
    listing.add_argument("--authority", metavar="KÜRZEL", help="nur von dieser Behörde")
    listing.set_defaults(run=_lazily("mails", "list_all"))
    retry = what.add_parser("retry", help="eine gescheiterte E-Mail noch einmal senden")
    retry.add_argument("number", metavar="NUMMER")
    retry.set_defaults(run=_lazily("mails", "retry"))
    returned = what.add_parser("returned", help="vermerken, dass eine E-Mail als unzustellbar zurückkam")
    returned.add_argument("number", metavar="NUMMER")
    returned.set_defaults(run=_lazily("mails", "returned"))
    test = what.add_parser("test", help="sofort eine E-Mail senden und sagen, was der Mailserver antwortet")
    test.add_argument("address", metavar="ADRESSE")
    test.add_argument("--authority", metavar="KÜRZEL", help="im Namen dieser Behörde (Vorgabe: der ersten)")
    test.set_defaults(run=_lazily("mails", "test"))


def _add_service(service: argparse.ArgumentParser) -> None:
    what = service.add_subparsers(metavar="WAS", required=True, parser_class=_GermanParser)
    check = what.add_parser("check", help="ein Leistungspaket prüfen, ohne es zu veröffentlichen")
    check.add_argument("path", type=Path, metavar="ORDNER")
    check.set_defaults(run=_lazily("packages", "check"))
    publish = what.add_parser("publish", help="ein Leistungspaket prüfen und zur Veröffentlichung vorlegen")
    publish.add_argument("path", type=Path, metavar="ORDNER")
    publish.add_argument("--authority", metavar="KÜRZEL", help="nur für diese Behörde (Vorgabe: für alle)")
    publish.add_argument(
        "--second-person",
        action="store_true",
        help="auch in der Vorführung auf eine zweite Person warten (sonst gilt das immer)",
    )
    publish.set_defaults(run=_lazily("packages", "publish"))
    confirm = what.add_parser("confirm", help="als zweite Person veröffentlichen, was vorgelegt wurde")
    confirm.add_argument("slug", metavar="LEISTUNG")
    confirm.add_argument("version", metavar="FASSUNG")
    confirm.add_argument("--authority", metavar="KÜRZEL", required=True, help="für diese Behörde")
    confirm.set_defaults(run=_lazily("packages", "confirm"))
    reject = what.add_parser("reject", help="ablehnen, was vorgelegt wurde, oder Eigenes zurücknehmen")
    reject.add_argument("slug", metavar="LEISTUNG")
    reject.add_argument("version", metavar="FASSUNG")
    reject.add_argument("--authority", metavar="KÜRZEL", required=True, help="für diese Behörde")
    reject.add_argument("--reason", metavar="GRUND", required=True, help="warum; steht im Verlauf")
    reject.set_defaults(run=_lazily("packages", "reject"))
    withdraw = what.add_parser("withdraw", help="eine Leistung nicht mehr anbieten")
    withdraw.add_argument("slug", metavar="LEISTUNG")
    withdraw.add_argument("--authority", metavar="KÜRZEL", required=True, help="für diese Behörde")
    withdraw.add_argument("--reason", metavar="GRUND", required=True, help="warum; steht im Verlauf")
    withdraw.set_defaults(run=_lazily("packages", "withdraw"))
    listing = what.add_parser("list", help="gespeicherte Leistungspakete auflisten")
    listing.add_argument(
        "--authority", metavar="KÜRZEL", help="nur diese Behörde, mit dem Stand jeder Version"
    )
    listing.set_defaults(run=_lazily("packages", "list_published"))


def _lazily(module: str, function: str) -> Command:
    """Import a command only when it runs: `amtlich check` must work where Django cannot start."""

    def run(chosen: argparse.Namespace) -> int:
        from importlib import import_module

        command: Command = getattr(import_module(f"amtlich.faces.cli.{module}"), function)
        return command(chosen)

    return run
