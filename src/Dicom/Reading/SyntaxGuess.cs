using System.Buffers.Binary;

namespace Gateway.Dicom;

/// <summary>Determines the encoding of a data set from its first element, if nothing else states it or the statement is wrong.</summary>
internal static class SyntaxGuess
{
    /// <summary>The transfer syntax of a data set that does not state one, if its first element allows only one.</summary>
    /// <exception cref="DicomFileException">Several are possible.</exception>
    public static DicomTransferSyntax Of(ReadOnlySpan<byte> first)
    {
        if (first.Length == 8)
        {
            var plausible = first is [0x08, 0x00, _, 0x00, ..];
            if (plausible && HasVr(first)) return DicomTransferSyntax.ExplicitVRLittleEndian;
            if (plausible && first[6] == 0 && first[7] == 0) return DicomTransferSyntax.ImplicitVRLittleEndian;
            if (first is [0x00, 0x08, 0x00, _, ..] && HasVr(first)) return DicomTransferSyntax.ExplicitVRBigEndian;
        }
        throw new DicomFileException(
            null,
            "Not a DICOM file: nothing names a transfer syntax, and where a data set should begin there is none that says it itself.");
    }

    /// <summary>Some writers name one VR encoding and use the other. If the element can only be the other one, it is used.</summary>
    public static bool IsExplicit(ReadOnlySpan<byte> first, DicomTransferSyntax declared)
    {
        if (first.Length < 8 || declared.IsBigEndian) return declared.IsExplicitVR;
        return declared.IsExplicitVR ? HasVr(first) || first[5] != 0 || first[6] != 0 || first[7] != 0 : HasVr(first);
    }

    private static bool HasVr(ReadOnlySpan<byte> first) => DicomVR.Find(BinaryPrimitives.ReadUInt16LittleEndian(first[4..])) is not null;
}
