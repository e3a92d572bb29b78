# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A package that is as small as a package may be. Tests break it in one place each."""

from __future__ import annotations

from pathlib import Path

from amtlich.contexts.catalog.layouts import PAGE_SECTIONS


def say(text: str) -> str:
    return f'{{de: "{text}", leicht: "{text}", en: "{text}"}}'


SERVICE = f"""\
id: fundschein
version: "1"
name: {say("Fundschein")}
summary: {say("Sagt, was gefunden wurde.")}
category: {say("Alltag")}
owner: Test
authority: {{level: municipality, unit: fundbuero, office: {say("Fundbüro")}}}
reference_prefix: FS
legal_basis:
  - {{ref: BGB § 965, in_force: 1900-01-01, role: {say("Anzeige")}}}
automation:
  mode: full
  full_allowed_by: "no discretion: register extract"
  discretion: none
lifecycle: certificate
authentication: {{min_level: low}}
purposes:
  - {{id: suche, text: {say("Suche")}, basis: BGB § 965, recipients: [{say("Fundbüro")}]}}
retention: {{draft: P30D, closed: P1Y}}
target: {{decide_within: PT10S}}
evidence:
  - id: eintrag
    register: melderegister
    legal_basis: BGB § 965
    purpose: suche
    query: {{family: name, birth: geboren}}
    fields: {{familienname: suche}}
    on_request: {{chosen_in: mehr, legal_basis: BGB § 966, fields: {{geburtsort: suche}}}}
    fallback: person
decision:
  model: decision.dmn
  name: entscheidung
  outcomes: {{ausstellen: issue, person: person}}
  inputs:
    Treffer: evidence.eintrag.matches
    Eigene Angaben: login.agrees
    Sperre: evidence.eintrag.blocked
    Gebühr: parameter.Gebühr
notices:
  - {{id: schein, outcome: ausstellen, template: schein.typ, sealed: true, lang: de, title: {say("Schein")}}}
"""

FORM = f"""\
schema:
  type: object
  additionalProperties: false
  required: [name]
  properties:
    name: {{type: string, maxLength: 80, x-control: name, x-purpose: suche, x-source: applicant}}
    geboren: {{type: string, x-control: date, x-purpose: suche, x-source: applicant}}
    mehr: {{type: array, items: {{enum: [geburtsort]}}, x-control: choices, x-purpose: suche,
      x-source: applicant}}
fields:
  name: {{label: {say("Name")}}}
  geboren: {{label: {say("Geboren")}}}
  mehr: {{label: {say("Mehr")}, options: {{geburtsort: {{label: {say("Geburtsort")}}}}}}}
steps:
  - {{id: eins, title: {say("Eins")}, fields: [name, geboren, mehr]}}
rules:
  - {{show: mehr, when: name = "Adler"}}
"""

DECISION = """\
<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="fund" name="Fund"
    namespace="urn:test:fund">
  <inputData id="treffer" name="Treffer"><variable id="v1" name="Treffer" typeRef="number"/></inputData>
  <inputData id="eigene" name="Eigene Angaben">
    <variable id="v4" name="Eigene Angaben" typeRef="boolean"/>
  </inputData>
  <inputData id="sperre" name="Sperre"><variable id="v5" name="Sperre" typeRef="boolean"/></inputData>
  <inputData id="gebuehr" name="Gebühr"><variable id="v2" name="Gebühr" typeRef="number"/></inputData>
  <decision id="entscheidung" name="entscheidung">
    <variable id="v3" name="entscheidung"/>
    <informationRequirement id="i1"><requiredInput href="#treffer"/></informationRequirement>
    <informationRequirement id="i3"><requiredInput href="#eigene"/></informationRequirement>
    <informationRequirement id="i4"><requiredInput href="#sperre"/></informationRequirement>
    <informationRequirement id="i2"><requiredInput href="#gebuehr"/></informationRequirement>
    <decisionTable id="tabelle" hitPolicy="UNIQUE">
      <input id="s1"><inputExpression id="e1" typeRef="number"><text>Treffer</text></inputExpression></input>
      <input id="s2">
        <inputExpression id="e2" typeRef="boolean"><text>Eigene Angaben</text></inputExpression>
      </input>
      <input id="s3"><inputExpression id="e3" typeRef="boolean"><text>Sperre</text></inputExpression></input>
      <output id="o1" name="ergebnis" typeRef="string"/>
      <output id="o2" name="gebuehr" typeRef="number"/>
      <output id="o3" name="grund" typeRef="string"/>
      <annotation name="Norm"/>
      <annotation name="Text"/>
      <rule id="regel-eins">
        <inputEntry><text>1</text></inputEntry>
        <inputEntry><text>true</text></inputEntry>
        <inputEntry><text>false</text></inputEntry>
        <outputEntry><text>"ausstellen"</text></outputEntry><outputEntry><text>Gebühr</text></outputEntry>
        <outputEntry><text>"gefunden"</text></outputEntry>
        <annotationEntry><text>BGB § 965</text></annotationEntry>
        <annotationEntry><text>gefunden</text></annotationEntry>
      </rule>
      <rule id="regel-andere">
        <inputEntry><text>not(1)</text></inputEntry>
        <inputEntry><text>-</text></inputEntry>
        <inputEntry><text>-</text></inputEntry>
        <outputEntry><text>"person"</text></outputEntry><outputEntry><text>null</text></outputEntry>
        <outputEntry><text>"unklar"</text></outputEntry>
        <annotationEntry><text>BGB § 965</text></annotationEntry>
        <annotationEntry><text>unklar</text></annotationEntry>
      </rule>
      <rule id="regel-fremd">
        <inputEntry><text>1</text></inputEntry>
        <inputEntry><text>null, false</text></inputEntry>
        <inputEntry><text>-</text></inputEntry>
        <outputEntry><text>"person"</text></outputEntry><outputEntry><text>null</text></outputEntry>
        <outputEntry><text>"unklar"</text></outputEntry>
        <annotationEntry><text>BGB § 965</text></annotationEntry>
        <annotationEntry><text>unklar</text></annotationEntry>
      </rule>
      <rule id="regel-sperre">
        <inputEntry><text>1</text></inputEntry>
        <inputEntry><text>true</text></inputEntry>
        <inputEntry><text>null, true</text></inputEntry>
        <outputEntry><text>"person"</text></outputEntry><outputEntry><text>null</text></outputEntry>
        <outputEntry><text>"unklar"</text></outputEntry>
        <annotationEntry><text>BGB § 965</text></annotationEntry>
        <annotationEntry><text>unklar</text></annotationEntry>
      </rule>
    </decisionTable>
  </decision>
</definitions>
"""

PARAMETERS = f"""\
Gebühr:
  unit: {say("Euro")}
  basis: Satzung
  values:
    - {{from: 2020-01-01, value: 8.00, source: Satzung 2020}}
    - {{from: 2026-01-01, value: 8.50, source: Satzung 2026}}
"""

TERMS = f"""\
ready: {say("Ihr Schein ist da.")}
terms:
  Treffer: {{name: {say("Passende Einträge")}}}
  Eigene Angaben: {{name: {say("Eigene Angaben")}}}
  Sperre: {{name: {say("Sperre")}}}
  Gebühr: {{name: {say("Gebühr")}}}
  ergebnis:
    name: {say("Ergebnis")}
    values: {{ausstellen: {say("Das Programm stellt aus.")}, person: {say("Eine Person entscheidet.")}}}
  gebuehr: {{name: {say("Gebühr für Sie")}}}
"""

REASONS = """\
gefunden: {office: Ein Eintrag., de: Gefunden., leicht: Gefunden., en: Found.}
unklar: {office: Kein oder mehrere Einträge., de: Wir prüfen., leicht: Wir prüfen., en: We check.}
"""

SCENARIOS = """\
- name: altes Recht
  on: 2025-12-31
  in: {Treffer: 1, Eigene Angaben: true, Sperre: false}
  out: {ergebnis: ausstellen, gebuehr: 8, grund: gefunden}
- name: neues Recht
  on: 2026-01-01
  in: {Treffer: 1, Eigene Angaben: true, Sperre: false}
  out: {ergebnis: ausstellen, gebuehr: 8.5}
- name: keiner
  on: 2026-01-01
  in: {Treffer: 0, Eigene Angaben: true, Sperre: null}
  out: {ergebnis: person}
- name: fremd
  on: 2026-01-01
  in: {Treffer: 1, Eigene Angaben: false, Sperre: null}
  out: {ergebnis: person}
- {name: zu, on: 2026-01-01, in: {Treffer: 1, Eigene Angaben: true, Sperre: true}, out: {ergebnis: person}}
"""

FILES: dict[str, str] = {
    "service.yaml": SERVICE,
    "form.yaml": FORM,
    "decision.dmn": DECISION,
    "parameters.yaml": PARAMETERS,
    "texts.yaml": "".join(
        f'{name}: {{de: ["Satz, {{Gebühr}} Euro."], leicht: [Satz.], en: ["{{Gebühr}} euros."]}}\n'
        for name in PAGE_SECTIONS
    )
    + TERMS,
    "reasons.yaml": REASONS,
    "scenarios.yaml": SCENARIOS,
    "CHANGELOG.md": "# Änderungen\n\n## 1\n\nErste Fassung.\n",
    "notices/schein.typ": '#import "base.typ": *\nSchein\n',
}


def write(folder: Path, files: dict[str, str] | None = None) -> Path:
    """Write a package folder and return it."""
    for name, content in (files or FILES).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def changed(file: str, old: str, new: str) -> dict[str, str]:
    """The files with one place changed; the place must exist exactly as written."""
    assert old in FILES[file], f"{old!r} is not in {file}"
    return {**FILES, file: FILES[file].replace(old, new, 1)}


def line_in(files: dict[str, str], file: str, needle: str) -> int:
    """The line of a file in which something stands for the first time."""
    assert needle in files[file], f"{needle!r} is not in {file}"
    return files[file][: files[file].index(needle)].count("\n") + 1
