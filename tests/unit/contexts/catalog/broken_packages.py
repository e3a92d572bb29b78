# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
# ruff: noqa: E501 - a table, one broken package a row
"""What can be wrong with a package, one row each.

The columns: what, file, old text, new text, file of the finding, text in the line of the finding after the
change, words of the message.
"""

from __future__ import annotations

from tests.unit.contexts.catalog.small_package import say

BROKEN: list[tuple[str, str, str, str, str, str, str]] = [
    # YAML
    ("yaml syntax", "service.yaml", "lifecycle: certificate", "lifecycle: [certificate", "service.yaml", "authentication", "kein gültiges YAML"),
    ("anchor", "service.yaml", "owner: Test", "owner: &wer Test", "service.yaml", "&wer", "Anker &wer"),
    ("alias", "service.yaml", "owner: Test", "owner: *wer", "service.yaml", "*wer", "Verweis *wer"),
    ("merge key", "reasons.yaml", "gefunden: {", "gefunden: {<<: {a: b}, ", "reasons.yaml", "<<", "Zusammenführen"),
    ("tag", "service.yaml", "owner: Test", "owner: !!python/object:os.system Test", "service.yaml", "!!python", "Typangabe"),
    ("key twice", "service.yaml", "owner: Test", "owner: Test\nowner: Zwei", "service.yaml", "owner: Zwei", "steht hier zweimal"),
    ("second document", "service.yaml", "owner: Test", "---\nowner: Test", "service.yaml", "---", "zweites Dokument"),
    ("lost zero", "parameters.yaml", "8.00", "08", "parameters.yaml", "value: 08", "beginnt mit einer Null"),
    ("impossible date", "parameters.yaml", "2020-01-01", "2020-02-31", "parameters.yaml", "2020-02-31", "kein Datum"),
    # layouts
    ("unknown entry", "service.yaml", "owner: Test", "ower: Test", "service.yaml", "ower", "Den Eintrag „ower“ gibt es hier nicht"),
    ("missing entry", "service.yaml", "owner: Test\n", "", "service.yaml", "id:", "Es fehlt „owner“"),
    ("version is a number", "service.yaml", 'version: "1"', "version: 1", "service.yaml", "version: 1", "muss ein Text stehen"),
    ("lifecycle", "service.yaml", "lifecycle: certificate", "lifecycle: auskunft", "service.yaml", "lifecycle", "„auskunft“ ist hier nicht möglich"),
    ("level", "service.yaml", "min_level: low", "min_level: hoch", "service.yaml", "min_level", "nicht möglich"),
    ("period", "service.yaml", "draft: P30D", "draft: 30 Tage", "service.yaml", "30 Tage", "nicht die erwartete Form"),
    ("date in quotes", "service.yaml", "in_force: 1900-01-01", 'in_force: "1900-01-01"', "service.yaml", "in_force", "muss ein Datum stehen"),
    ("name not in leicht", "service.yaml", f"name: {say('Fundschein')}", "name: {de: Fundschein, en: F}", "service.yaml", "name:", "Es fehlt „leicht“"),
    ("section missing", "texts.yaml", "cost:", "kosten:", "texts.yaml", "kosten", "Den Eintrag „kosten“"),
    ("reason not in en", "reasons.yaml", ", en: Found.", "", "reasons.yaml", "gefunden", "Es fehlt „en“"),
    ("value without source", "parameters.yaml", ", source: Satzung 2020", "", "parameters.yaml", "2020-01-01", "Es fehlt „source“"),
    ("scenario without day", "scenarios.yaml", "  on: 2025-12-31\n", "", "scenarios.yaml", "altes Recht", "Es fehlt „on“"),
    ("evidence without purpose", "service.yaml", "    purpose: suche\n", "", "service.yaml", "id: eintrag", "Es fehlt „purpose“"),
    ("template outside", "service.yaml", "template: schein.typ", "template: ../../x.typ", "service.yaml", "../../x.typ", "nicht die erwartete Form"),
    # form
    ("form schema", "form.yaml", "maxLength: 80", "maxLength: viele", "form.yaml", "maxLength", "kein gültiges JSON Schema"),
    ("remote reference", "form.yaml", "{type: string, x-control: date", '{$ref: "https://example.org/s", type: string, x-control: date', "form.yaml", "$ref", "führt aus der Datei hinaus"),
    ("form label", "form.yaml", f"name: {{label: {say('Name')}}}", "name: {label: {de: Name, en: Name}}", "form.yaml", "{de: Name, en: Name}", "Es fehlt „leicht“"),
    ("rule is no FEEL", "form.yaml", 'name = "Adler"', 'name == "Adler"', "form.yaml", "name ==", "kein FEEL"),
    ("rule names nothing", "form.yaml", 'name = "Adler"', 'nahme = "Adler"', "form.yaml", "nahme", "kein FEEL"),
    # privacy
    ("field purpose", "form.yaml", "maxLength: 80, x-control: name, x-purpose: suche", "maxLength: 80, x-control: name, x-purpose: werbung", "form.yaml", "werbung", "Der Zweck „werbung“"),
    ("evidence purpose", "service.yaml", "    purpose: suche", "    purpose: werbung", "service.yaml", "purpose: werbung", "Der Zweck „werbung“"),
    ("evidence field purpose", "service.yaml", "familienname: suche", "familienname: werbung", "service.yaml", "familienname: werbung", "Der Zweck „werbung“"),
    ("evidence field", "service.yaml", "familienname: suche", "lieblingsfarbe: suche", "service.yaml", "lieblingsfarbe", "hat kein Feld"),
    ("query part", "service.yaml", "family: name", "idnr: name", "service.yaml", "idnr", "fragt melderegister nicht"),
    ("query field", "service.yaml", "family: name", "family: nahme", "service.yaml", "nahme", "Das Formularfeld „nahme“ gibt es nicht"),
    ("query without birth", "service.yaml", ", birth: geboren", "", "service.yaml", "query", "Der Abfrage fehlt „birth“"),
    ("chosen nowhere", "service.yaml", "chosen_in: mehr", "chosen_in: name", "service.yaml", "chosen_in: name", "kein Formularfeld, in dem man mehreres auswählt"),
    ("not offered", "service.yaml", "fields: {geburtsort: suche}}", "fields: {geburtsort: suche, familienstand: suche}}", "service.yaml", "familienstand", "kann niemand"),
    ("purpose twice", "service.yaml", "retention:", f"  - {{id: suche, text: {say('S')}, basis: B, recipients: [{say('A')}]}}\nretention:", "service.yaml", "basis: B,", "Den Zweck „suche“ gibt es zweimal"),
    # law
    ("full without ground", "service.yaml", 'full_allowed_by: "no discretion: register extract"', "full_allowed_by: null", "service.yaml", "full_allowed_by", "§ 35a VwVfG"),
    ("full with discretion", "service.yaml", "discretion: none", "discretion: StVO § 45", "service.yaml", "discretion: StVO", "Bei Ermessen"),
    ("extract is no application", "service.yaml", "lifecycle: certificate", "lifecycle: application", "service.yaml", "full_allowed_by", "Lebenslauf certificate"),
    ("adverse by program", "service.yaml", "person: person}", "person: person, ablehnen: adverse}", "service.yaml", "ablehnen", "Belastendes entscheidet immer ein Mensch"),
    ("no person at all", "service.yaml", "person: person}", "person: issue}", "service.yaml", "outcomes", "Kein Ergebnis führt zu einer Person"),
    ("no document", "service.yaml", "sealed: true", "sealed: false", "service.yaml", "outcomes", "kein gesiegeltes Dokument auf Deutsch"),
    ("notice for nothing", "service.yaml", "{id: schein, outcome: ausstellen", "{id: schein, outcome: austellen", "service.yaml", "austellen", "Das Ergebnis „austellen“ gibt es nicht"),
    ("notice missing", "service.yaml", "template: schein.typ", "template: anders.typ", "service.yaml", "anders.typ", "Die Vorlage notices/anders.typ fehlt"),
    ("unread free text", "form.yaml", "{type: string, maxLength: 80, x-control: name", "{type: string, maxLength: 80, x-control: longtext", "form.yaml", "longtext", "würde hier niemand lesen"),
    # what the house can run
    ("lifecycle of later", "service.yaml", "lifecycle: certificate", "lifecycle: declaration", "service.yaml", "lifecycle: declaration", "noch nicht ausführen"),
    ("step named like a page", "form.yaml", "id: eins, title", "id: pruefen, title", "form.yaml", "id: pruefen", "heißt schon eine Seite"),
    ("notice named like the data", "service.yaml", "id: schein, outcome", "id: data, outcome", "service.yaml", "id: data", "heißt schon der maschinenlesbare"),
    ("notice name too long", "service.yaml", "id: schein, outcome", f"id: {'s' * 41}, outcome", "service.yaml", "s" * 41, "hat 41 Zeichen"),
    ("outcome name too long", "service.yaml", "person: person}", f"person: person, {'o' * 41}: person}}", "service.yaml", "o" * 41, "hat 41 Zeichen"),
    # texts
    ("placeholder", "texts.yaml", "{Gebühr} Euro", "{Preis} Euro", "texts.yaml", "{Preis}", "Den Wert {Preis} gibt es"),
    ("series out of order", "parameters.yaml", "from: 2026-01-01", "from: 2019-01-01", "parameters.yaml", "2019-01-01", "steht hinter dem Wert"),
    ("series of mixed kinds", "parameters.yaml", "value: 8.50", "value: viel", "parameters.yaml", "values", "verschiedener Art"),
    ("no changelog entry", "CHANGELOG.md", "## 1", "## 2", "CHANGELOG.md", "# Änd", "Zur Version „1“ steht hier nichts"),
    # three forms
    ("name of blanks", "service.yaml", f"summary: {say('Sagt, was gefunden wurde.')}", 'summary: {de: S., leicht: " ", en: S.}', "service.yaml", "summary:", "Dieser Text fehlt in Leichter Sprache"),
    ("line of blanks", "texts.yaml", 'leicht: [Satz.]', 'leicht: [Satz., " "]', "texts.yaml", "lead:", "Dieser Text fehlt in Leichter Sprache"),
    ("option in German only", "form.yaml", f"geburtsort: {{label: {say('Geburtsort')}}}", "geburtsort: {label: {de: Geburtsort}}", "form.yaml", "{de: Geburtsort}", "Es fehlt „leicht“"),
    ("hint not in en", "form.yaml", f"geboren: {{label: {say('Geboren')}}}", f"geboren: {{label: {say('Geboren')}, hint: {{de: H, leicht: H}}}}", "form.yaml", "hint:", "Es fehlt „en“"),
    ("step title not in leicht", "form.yaml", f"title: {say('Eins')}", "title: {de: Eins, en: One}", "form.yaml", "title: {de: Eins", "Es fehlt „leicht“"),
    ("lead of a step not in en", "form.yaml", f"title: {say('Eins')}", f"title: {say('Eins')}, lead: {{de: L, leicht: L}}", "form.yaml", "lead: {de: L", "Es fehlt „en“"),
    ("title of a notice not in en", "service.yaml", f"title: {say('Schein')}", "title: {de: Schein, leicht: Schein}", "service.yaml", "title: {de: Schein", "Es fehlt „en“"),
    ("category not in leicht", "service.yaml", f"category: {say('Alltag')}", "category: {de: Alltag, en: Life}", "service.yaml", "category:", "Es fehlt „leicht“"),
    ("office not in leicht", "service.yaml", f"office: {say('Fundbüro')}", "office: {de: Fundbüro, en: Lost}", "service.yaml", "office:", "Es fehlt „leicht“"),
    ("purpose not in en", "service.yaml", f"text: {say('Suche')}", "text: {de: Suche, leicht: Suche}", "service.yaml", "text: {de: Suche", "Es fehlt „en“"),
    ("law in German only", "service.yaml", f"role: {say('Anzeige')}", "role: Anzeige", "service.yaml", "role: Anzeige", "„Anzeige“ gibt es nur auf Deutsch"),
    ("recipient in German only", "service.yaml", f"recipients: [{say('Fundbüro')}]", "recipients: [Fundbüro]", "service.yaml", "recipients: [", "„Fundbüro“ gibt es nur auf Deutsch"),
    ("unit in German only", "parameters.yaml", f"unit: {say('Euro')}", "unit: Euro", "parameters.yaml", "unit: Euro", "„Euro“ gibt es nur auf Deutsch"),
    ("page text not in en", "texts.yaml", ', en: ["{Gebühr} euros."]', "", "texts.yaml", "lead:", "Es fehlt „en“"),
    ("no sentence of success", "texts.yaml", f"ready: {say('Ihr Schein ist da.')}\n", "", "texts.yaml", "lead:", "Es fehlt „ready“"),
    ("no words at all", "texts.yaml", "terms:", "termini:", "texts.yaml", "termini:", "Den Eintrag „termini“"),
    ("no words for an input", "texts.yaml", f"  Sperre: {{name: {say('Sperre')}}}\n", "", "texts.yaml", "terms:", "Wie Menschen „Sperre“ aus decision.dmn nennen"),
    ("words not in leicht", "texts.yaml", f"Sperre: {{name: {say('Sperre')}}}", "Sperre: {name: {de: Sperre, en: Block}}", "texts.yaml", "  Sperre:", "Es fehlt „leicht“"),
    ("no words for a value", "texts.yaml", f", person: {say('Eine Person entscheidet.')}", "", "texts.yaml", "  ergebnis:", "Was „person“ bei „ergebnis“ heißt"),
    ("words for no value", "texts.yaml", "ausstellen: {de", f"nie: {say('Nie')}, ausstellen: {{de", "texts.yaml", "nie: {", "Den Wert „nie“ von „ergebnis“ gibt es"),
    ("words for nothing", "texts.yaml", "  Sperre:", f"  Spere: {{name: {say('S')}}}\n  Sperre:", "texts.yaml", "  Spere:", "„Spere“ gibt es in decision.dmn nicht"),
    ("long line", "reasons.yaml", "leicht: Gefunden.", f"leicht: {'sehr ' * 13}lang.", "reasons.yaml", "gefunden:", "Diese Zeile hat 14 Wörter"),
    ("two sentences in a line", "reasons.yaml", "leicht: Gefunden.", "leicht: Wir haben gesucht. Wir haben gefunden.", "reasons.yaml", "gefunden:", "steht jeder Satz in einer eigenen Zeile"),
    # whose data
    ("login not asked", "service.yaml", "Eigene Angaben: login.agrees", "Eigene Angaben: login.level", "service.yaml", "inputs:", "ob die Angaben die der Anmeldung sind"),
    ("block not asked", "service.yaml", "Sperre: evidence.eintrag.blocked", "Sperre: login.agrees", "service.yaml", "inputs:", "ob eine Auskunftssperre eingetragen ist"),
    # decision
    ("no reason given", "decision.dmn", 'name="grund"', 'name="text"', "decision.dmn", 'id="tabelle"', "fehlt die Ausgabe „grund“"),
    ("no result given", "decision.dmn", 'name="ergebnis"', 'name="resultat"', "decision.dmn", 'id="tabelle"', "fehlt die Ausgabe „ergebnis“"),
    ("reason is not text", "decision.dmn", '<text>"gefunden"</text>', '<text>"unklar"</text>', "decision.dmn", 'id="regel-eins"', "gibt als grund „unklar“ aus"),
    ("broken XML", "decision.dmn", "</decisionTable>", "", "decision.dmn", "</decision>", "nicht lesbar"),
    ("cell is no FEEL", "decision.dmn", "not(1)", "not(1", "decision.dmn", "not(1", "nicht lesbar"),
    ("cell names nothing", "decision.dmn", "<text>Gebühr</text>", "<text>Gebür</text>", "decision.dmn", "Gebür<", "nicht lesbar"),
    ("unknown decision", "service.yaml", "name: entscheidung", "name: endscheidung", "service.yaml", "endscheidung", "Die Entscheidung „endscheidung“ gibt es"),
    ("input without origin", "service.yaml", "    Treffer: evidence.eintrag.matches\n", "", "decision.dmn", 'id="treffer"', "Woher die Eingabe „Treffer“ kommt"),
    ("origin without input", "service.yaml", "    Treffer: evidence", "    Alter: form.name\n    Treffer: evidence", "service.yaml", "Alter", "Die Eingabe „Alter“ gibt es"),
    ("unknown origin", "service.yaml", "evidence.eintrag.matches", "evidence.eintrag.anzahl", "service.yaml", "anzahl", "keine mögliche Herkunft"),
    ("rule without norm", "decision.dmn", "<text>BGB § 965</text>", "<text></text>", "decision.dmn", 'id="regel-eins"', "nennt keine Norm"),
    ("rule without text", "decision.dmn", "<text>gefunden</text>", "<text></text>", "decision.dmn", 'id="regel-eins"', "nennt keinen Text"),
    ("unknown text", "decision.dmn", "<text>gefunden</text>", "<text>gefundn</text>", "decision.dmn", 'id="regel-eins"', "Den Text „gefundn“"),
    ("gap with null", "decision.dmn", "not(1)", "&lt; 1, &gt; 1", "decision.dmn", 'id="tabelle"', "null"),
    ("gap", "decision.dmn", "not(1)", "null, &lt; 1, &gt; 2", "decision.dmn", 'id="tabelle"', ""),
    ("overlap", "decision.dmn", "not(1)", "null, &lt;= 1, &gt; 1", "decision.dmn", 'id="regel-', "regel-eins"),
    # scenarios
    ("scenario fails", "scenarios.yaml", "gebuehr: 8.5", "gebuehr: 9", "scenarios.yaml", "gebuehr: 9", "ist gebuehr „8.50“, nicht „9“"),
    ("text is not number", "scenarios.yaml", "gebuehr: 8.5", 'gebuehr: "8.5"', "scenarios.yaml", '"8.5"', "ist gebuehr"),
    ("unknown output", "scenarios.yaml", "gebuehr: 8,", "preis: 8,", "scenarios.yaml", "preis: 8", "Die Ausgabe „preis“ gibt es nicht"),
    ("unknown input", "scenarios.yaml", "in: {Treffer: 0,", "in: {Treffer: 0, Alter: 3,", "scenarios.yaml", "Alter", "ist hier keine Eingabe"),
    ("parameter as input", "scenarios.yaml", "in: {Treffer: 0,", "in: {Treffer: 0, Gebühr: 3,", "scenarios.yaml", "Gebühr: 3", "ist hier keine Eingabe"),
    ("input missing", "scenarios.yaml", "in: {Treffer: 0, ", "in: {", "scenarios.yaml", "in: {Eigene Angaben: true, Sperre: null}", "fehlt die Eingabe „Treffer“"),
    ("scenario twice", "scenarios.yaml", "name: zu,", "name: fremd,", "scenarios.yaml", "name: fremd,", "gibt es zweimal"),
    ("undeclared outcome", "service.yaml", "ausstellen: issue, person: person}", "ausstellen: issue, mensch: person}", "scenarios.yaml", "out: {ergebnis: person}", "steht nicht in service.yaml"),
]  # fmt: skip
