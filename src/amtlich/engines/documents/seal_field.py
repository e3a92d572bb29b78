# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Giving a seal's field its place in a tagged PDF, so that PDF/A-3a and PDF/UA-1 still hold."""

# pyHanko's objects carry no types of their own.
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from amtlich.engines.documents.errors import SealError

Box = tuple[int, int, int, int]


class QuietWriter(IncrementalPdfFileWriter):
    """Leaves the XMP metadata alone: rewritten, they lose the extension schema that PDF/UA needs."""

    def _update_meta(self) -> None:
        pass


def own(writer: QuietWriter, field: Any) -> None:
    """Give the seal's widget its place in the structure tree (ISO 14289-1, 7.18.4)."""
    root = writer.root
    if "/StructTreeRoot" not in root:
        raise SealError("Das PDF hat keine Struktur für Vorleseprogramme. Prüfen Sie die Vorlage.")
    tree = root["/StructTreeRoot"]
    page_ref = writer.find_page_for_modification(-1)[0]
    page, widget = page_ref.get_object(), field.get_object()
    document = _first(tree.raw_get("/K"))
    form = writer.add_object(
        generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/StructElem"),
                pdf_name("/S"): pdf_name("/Form"),
                pdf_name("/P"): document,
                pdf_name("/Pg"): page_ref,
                pdf_name("/K"): generic.DictionaryObject(
                    {pdf_name("/Type"): pdf_name("/OBJR"), pdf_name("/Obj"): field, pdf_name("/Pg"): page_ref}
                ),
            }
        )
    )
    _append_child(writer, document.get_object(), form)

    parents = tree["/ParentTree"]
    if "/Nums" not in parents:
        raise SealError("Der Strukturbaum des PDF ist anders gebaut als erwartet. Erzeugen Sie es neu.")
    numbers = parents["/Nums"]
    # The keys stand in rising order before their values: the next one is the last one plus one.
    last = int(numbers[len(numbers) - 2]) if len(numbers) else -1
    key = max(last + 1, int(tree.get("/ParentTreeNextKey", 0)))
    numbers.append(generic.NumberObject(key))
    numbers.append(form)
    widget[pdf_name("/StructParent")] = generic.NumberObject(key)
    tree[pdf_name("/ParentTreeNextKey")] = generic.NumberObject(key + 1)
    page[pdf_name("/Tabs")] = pdf_name("/S")
    for changed in (numbers, parents, tree, page, widget):
        writer.update_container(changed)


def draw_nothing(writer: QuietWriter, field: Any, box: Box) -> None:
    """PDF/A wants an appearance for every widget that has a place, also for one that draws nothing."""
    size = [generic.NumberObject(n) for n in (0, 0, box[2] - box[0], box[3] - box[1])]
    blank = generic.StreamObject(
        {
            pdf_name("/Type"): pdf_name("/XObject"),
            pdf_name("/Subtype"): pdf_name("/Form"),
            pdf_name("/BBox"): generic.ArrayObject(size),
            pdf_name("/Resources"): generic.DictionaryObject(),
        },
        stream_data=b"",
    )
    field.get_object()[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(blank)})


def _first(kids: Any) -> Any:
    if isinstance(kids, generic.ArrayObject):
        return kids.raw_get(0)
    value = kids.get_object() if isinstance(kids, generic.IndirectObject) else kids
    return value.raw_get(0) if isinstance(value, generic.ArrayObject) else kids


def _append_child(writer: QuietWriter, parent: Any, child: Any) -> None:
    kids = parent.raw_get("/K") if "/K" in parent else generic.ArrayObject()
    value = kids.get_object() if isinstance(kids, generic.IndirectObject) else kids
    if isinstance(value, generic.ArrayObject):
        value.append(child)
        writer.update_container(value)
    else:
        parent[pdf_name("/K")] = generic.ArrayObject([kids, child])
    writer.update_container(parent)
