"""Decodes by GDCM: reads paths, writes the pixels of each into the folder of the first argument as 0, 1, 2..., little endian and colour by
pixel, and prints one JSON line a file with {"path", "length"} or {"path", "error"}. Luminance and chrominance become RGB."""
import json
import os
import sys

import gdcm
import numpy

gdcm.Trace.WarningOff()
gdcm.Trace.ErrorOff()


def rgb(ybr):
    y, cb, cr = (ybr[..., i].astype(numpy.int64) - (128 if i else 0) for i in range(3))
    half = 1 << 15
    red = y + ((int(1.402 * 65536 + 0.5) * cr + half) >> 16)
    green = y + ((-int(0.34414 * 65536 + 0.5) * cb - int(0.71414 * 65536 + 0.5) * cr + half) >> 16)
    blue = y + ((int(1.772 * 65536 + 0.5) * cb + half) >> 16)
    return numpy.clip(numpy.stack([red, green, blue], axis=-1), 0, 255).astype(numpy.uint8)


def decode(path):
    reader = gdcm.ImageReader()
    reader.SetFileName(path)
    if not reader.Read():
        raise ValueError("unreadable")
    image = reader.GetImage()
    # The buffer is handed over as text, with what is no text as lone surrogates.
    pixels = image.GetBuffer().encode("utf-8", errors="surrogateescape")
    colours = str(image.GetPhotometricInterpretation())
    lossy = image.GetTransferSyntax().IsLossy() and image.GetPixelFormat().GetSamplesPerPixel() == 3
    if colours.startswith("YBR_FULL") and lossy:
        pixels = rgb(numpy.frombuffer(pixels, numpy.uint8).reshape(-1, 3)).tobytes()
    return pixels


def report(number, path):
    try:
        found = decode(path)
        with open(os.path.join(sys.argv[1], str(number)), "wb") as out:
            out.write(found)
        print(json.dumps({"path": path, "length": len(found)}), flush=True)
    except Exception as e:
        print(json.dumps({"path": path, "error": f"{type(e).__name__}: {e}"}), flush=True)


for number, path in enumerate(sys.stdin.read().splitlines()):
    child = os.fork()    # GDCM ends its process over some files
    if child == 0:
        report(number, path)
        os._exit(0)
    if os.waitpid(child, 0)[1] != 0:
        print(json.dumps({"path": path, "error": "crashed"}), flush=True)
