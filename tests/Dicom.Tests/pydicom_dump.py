"""Prints what pydicom reads: one JSON line a file with {"path", "error"} or {"path", "syntax", "elements": {path: [vr, value]}}.

Values are text for strings, numbers for numbers and the SHA-256 of the bytes for bulk values and for whatever stays raw.
"""
import hashlib
import json
import sys
import warnings

import pydicom
from pydicom.multival import MultiValue

warnings.simplefilter("ignore")
BULK = {"OB", "OW", "OF", "OD", "OL", "OV", "UN", "OB or OW", "US or OW", "US or SS or OW"}


def digest(value):
    return hashlib.sha256(value).hexdigest()


def plain(element):
    values = element.value
    if values is None or values == "" or values == b"" or (isinstance(values, (list, MultiValue)) and len(values) == 0):
        return []
    if isinstance(values, bytes):
        return ["sha256:" + digest(values)]
    if not isinstance(values, (list, tuple, MultiValue)):
        values = [values]
    if element.VR in ("DS", "IS"):
        return [str(getattr(v, "original_string", v)).strip() for v in values]
    if element.VR == "AT":
        return [int(v) for v in values]
    return [v if isinstance(v, (int, float)) else str(v) for v in values]


def walk(dataset, prefix, out):
    for tag in dataset.keys():
        raw = dataset.get_item(tag)
        key = f"{prefix}{tag.group:04x}{tag.elem:04x}"
        if isinstance(raw, pydicom.dataelem.RawDataElement) and raw.VR != "SQ" and raw.length != 0xFFFFFFFF and (raw.VR is None or raw.VR in BULK):
            kind = pydicom.datadict.dictionary_VR(tag) if raw.VR != "UN" and pydicom.datadict.dictionary_has_tag(tag) else None
            if kind in BULK or (kind is None and tag.is_private and not tag.is_private_creator and tag.elem):
                value = raw.value or b""
                if raw.VR == "OW" and not raw.is_little_endian:
                    value = b"".join(value[i + 1:i + 2] + value[i:i + 1] for i in range(0, len(value), 2))
                out[key] = ["raw", ["sha256:" + digest(value)] if value else []]
                continue
        if tag.elem == 0:
            out[key] = ["UL", [int.from_bytes(raw.value, "little" if raw.is_little_endian else "big") if isinstance(raw.value, bytes) else raw.value]]
            continue
        element = dataset[tag]
        if element.VR == "SQ":
            out[key] = ["SQ", [len(element.value)]]
            for number, item in enumerate(element.value):
                walk(item, f"{key}[{number}].", out)
        elif raw.VR in BULK and element.VR in BULK and tag == 0x7FE00010:
            out[key] = ["pixels", []]
        else:
            out[key] = [element.VR, plain(element)]


def read(path):
    try:
        return pydicom.dcmread(path)
    except pydicom.errors.InvalidDicomError:
        file = pydicom.dcmread(path, force=True)    # a data set without preamble, if it holds what every object must
        if "SOPClassUID" not in file:
            raise
        return file


for path in sys.stdin.read().splitlines():
    try:
        file = read(path)
        elements = {}
        walk(file.file_meta, "", elements)
        walk(file, "", elements)
        print(json.dumps({"path": path, "elements": elements}))
    except Exception as e:
        print(json.dumps({"path": path, "error": f"{type(e).__name__}: {e}"}))
