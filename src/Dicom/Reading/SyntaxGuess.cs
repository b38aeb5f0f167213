using System.Buffers.Binary;

namespace Gateway.Dicom;

/// <summary>What the first element of a data set tells of its encoding, where nothing else does or something else is wrong.</summary>
internal static class SyntaxGuess
{
    /// <summary>The transfer syntax of a data set that does not say: only where its first element can be nothing else.</summary>
    /// <exception cref="DicomFileException">It could be anything.</exception>
    public static DicomTransferSyntax Of(ReadOnlySpan<byte> first)
    {
        if (first.Length == 8)
        {
            var plausible = first is [0x08, 0x00, _, 0x00, ..];
            if (plausible && HasVr(first)) return DicomTransferSyntax.ExplicitVRLittleEndian;
            if (plausible && first[6] == 0 && first[7] == 0) return DicomTransferSyntax.ImplicitVRLittleEndian;
            if (first is [0x00, 0x08, 0x00, _, ..] && HasVr(first)) return DicomTransferSyntax.ExplicitVRBigEndian;
        }
        throw new DicomFileException(null, "Not a DICOM file: nothing names a transfer syntax, and where a data set should begin there is none that says it itself.");
    }

    /// <summary>Some writers name one VR encoding and use the other: an element that can only be the other is believed.</summary>
    public static bool IsExplicit(ReadOnlySpan<byte> first, DicomTransferSyntax declared)
    {
        if (first.Length < 8 || declared.IsBigEndian) return declared.IsExplicitVR;
        return declared.IsExplicitVR ? HasVr(first) || first[5] != 0 || first[6] != 0 || first[7] != 0 : HasVr(first);
    }

    private static bool HasVr(ReadOnlySpan<byte> first) => DicomVR.Find(BinaryPrimitives.ReadUInt16LittleEndian(first[4..])) is not null;
}
