namespace Gateway.Dicom;

/// <summary>The settings in force at one place of a data set that is read (PS3.5 section 7.5: items have their
/// parents' character set).</summary>
internal readonly record struct ReadScope(long End, int Depth, TextEncoding Encoding, bool? SignedPixels, bool IsExplicit, bool IsBigEndian)
{
    private const int MaxDepth = 64;
    private const uint CurveData = 0x50003000;

    public static ReadScope Whole(bool isExplicit, bool isBigEndian) =>
        new(long.MaxValue, 0, TextEncoding.Default, null, isExplicit, isBigEndian);

    /// <summary>Whether nothing around it has a length.</summary>
    public bool IsOpen => End == long.MaxValue;

    /// <exception cref="DicomFileException">The nesting is too deep.</exception>
    public ReadScope Deeper() => Depth < MaxDepth ? this with { Depth = Depth + 1 }
        : throw new DicomFileException(null, $"The data set has sequences nested more than {MaxDepth} deep.");

    public ReadScope Implicit() => this with { IsExplicit = false, IsBigEndian = false };

    /// <summary>The settings after an element that changes how others are read.</summary>
    public ReadScope After(DicomItem item) => (item.Tag.Value, item) switch
    {
        (0x00080005, DicomElement charset) => this with { Encoding = TextEncoding.Of(charset) },
        (0x00280103, DicomElement { ValueRepresentation.UnitSize: 2 } sign) => this with { SignedPixels = sign.Get<ushort[]>() is [1, ..] },
        _ => this,
    };

    /// <summary>The VR of an element in implicit encoding, from the dictionary (PS3.5 annex A.1).</summary>
    public DicomVR ImplicitVr(uint tag)
    {
        if ((tag & 0xFFFF) == 0) return DicomVR.UL;
        if ((tag >> 16 & 1) == 1) return (tag & 0xFFFF) is >= 0x10 and <= 0xFF ? DicomVR.LO : DicomVR.UN;
        if (DicomElements.Find(tag) is not { } entry) return DicomVR.UN;
        if ((tag & 0xFF00FFFF) == CurveData) return DicomVR.OB;
        return entry.Representations.Contains(DicomVR.OW) ? DicomVR.OW : Resolve(entry.Representations[0], entry);
    }

    /// <summary>Chooses US or SS by Pixel Representation where the dictionary allows both.</summary>
    private DicomVR Resolve(DicomVR vr, DicomElementEntry entry) =>
        vr == DicomVR.US && SignedPixels == true && entry.Representations.Contains(DicomVR.SS) ? DicomVR.SS : vr;
}
