namespace Gateway.Fuzzing.Targets;

/// <summary>A small data set with one of everything that readers trip over, and the byte strings that mean something in one.</summary>
internal static class SampleData
{
    private static readonly string[] Representations =
    [
        "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO", "LT", "OB", "OD", "OF", "OL", "OV", "OW", "PN", "SH", "SL", "SQ",
        "SS", "ST", "SV", "TM", "UC", "UI", "UL", "UN", "UR", "US", "UT", "UV", "  ", "??", "ZZ",
    ];

    /// <summary>Items and delimiters in both byte orders, tags that change how others are read, lengths, VRs.</summary>
    public static IReadOnlyList<byte[]> Words { get; } =
    [
        .. Representations.Select(vr => vr.Select(c => (byte)c).ToArray()),
        [0xFE, 0xFF, 0x00, 0xE0], [0xFE, 0xFF, 0x0D, 0xE0, 0, 0, 0, 0], [0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0],
        [0xFF, 0xFE, 0xE0, 0x00], [0xFF, 0xFE, 0xE0, 0x0D, 0, 0, 0, 0], [0xFF, 0xFE, 0xE0, 0xDD, 0, 0, 0, 0],
        [0x08, 0x00, 0x05, 0x00], [0xE0, 0x7F, 0x10, 0x00], [0x28, 0x00, 0x03, 0x01], [0x09, 0x00, 0x10, 0x00],
        [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0xFF, 0xFF, 0xFF, 0xFF],
        [0x08, 0x00, 0x40, 0x11, (byte)'S', (byte)'Q', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF],
        [.. "ISO 2022 IR 87"u8], [.. "ISO 2022 IR 149"u8], [.. "\\"u8], [.. "\e$B"u8], [.. "\e(B"u8], [.. "\e$)C"u8], [.. "GB18030"u8],
    ];

    /// <summary>What a small deflated data set may grow to.</summary>
    public const long InflationFloor = 64 << 20;

    public static byte[] File(DicomDataset dataset) => DataSetReading.Save(new(dataset));

    /// <summary>One with little of everything, one with texts in several character sets, and one with every VR.</summary>
    public static IEnumerable<DicomDataset> DataSets(DicomTransferSyntax syntax) => [DataSet(syntax), Texts(syntax), Values(syntax)];

    private static DicomDataset Texts(DicomTransferSyntax syntax) => new DicomDataset(syntax)
        .Add(DicomTag.SpecificCharacterSet, "ISO 2022 IR 13", "ISO 2022 IR 87", "ISO 2022 IR 149")
        .Add(DicomTag.PatientName, "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=홍^길동")
        .Add(new DicomSequence(DicomTag.ReferencedImageSequence, new DicomDataset()
            .Add(DicomTag.SpecificCharacterSet, "GB18030").Add(DicomTag.SeriesDescription, "王^小东"),
            new DicomDataset().Add(DicomTag.SpecificCharacterSet, "ISO_IR 192").Add(DicomTag.ImageComments, "Zürich мозг\n頭部")))
        .Add(DicomTag.ReferencedSOPInstanceUID, "2.25.4");

    private static DicomDataset Values(DicomTransferSyntax syntax)
    {
        var dataset = new DicomDataset(syntax).Add(DicomVR.LO, new DicomTag(0x0029, 0x0010), "ACME 1.1");
        ushort element = 0x1000;
        foreach (var vr in Representations.Where(code => DicomVR.TryParse(code, out var vr) && vr != DicomVR.SQ).Select(DicomVR.Parse))
            dataset.Add(vr.IsString ? Text(vr, new(0x0029, ++element)) : Number(vr, new(0x0029, ++element)));
        return dataset;
    }

    private static DicomItem Text(DicomVR vr, DicomTag tag) => new DicomDataset().Add(vr, tag, vr.Code switch
    {
        "DA" => "20260102",
        "TM" => "101112.5",
        "DT" => "20260102101112",
        "AS" => "042Y",
        "UI" => "2.25.5",
        "DS" or "IS" => "12",
        _ => "A1",
    }).First();

    private static DicomItem Number(DicomVR vr, DicomTag tag)
    {
        IByteBuffer bytes = new MemoryByteBuffer([1, 2, 3, 4, 5, 6, 7, 8]);
        return new DicomDataset().Add(vr, tag, bytes).First();
    }

    public static DicomDataset DataSet(DicomTransferSyntax syntax) => new DicomDataset(syntax)
        .Add(DicomTag.SpecificCharacterSet, "", "ISO 2022 IR 87")
        .Add(DicomTag.ImageType, "ORIGINAL", "PRIMARY", "AXIAL")
        .Add(DicomTag.SOPClassUID, DicomUID.CTImageStorage)
        .Add(DicomTag.SOPInstanceUID, "2.25.1")
        .Add(DicomTag.StudyDate, "20260102").Add(DicomTag.StudyTime, "101112.5")
        .Add(DicomTag.PatientName, "Yamada^Tarou=山田^太郎")
        .Add(DicomTag.PixelSpacing, "0.50", "0.5")
        .Add(DicomTag.Rows, (ushort)2).Add(DicomTag.Columns, (ushort)3)
        .Add(DicomTag.BitsAllocated, (ushort)16).Add(DicomTag.PixelRepresentation, (ushort)1)
        .Add(DicomTag.SmallestImagePixelValue, (short)-5)
        .Add(new DicomSequence(DicomTag.ReferencedSeriesSequence, new DicomDataset()
            .Add(DicomTag.SeriesInstanceUID, "2.25.2")
            .Add(new DicomSequence(DicomTag.ReferencedInstanceSequence, new DicomDataset(),
                new DicomDataset().Add(DicomTag.ReferencedSOPInstanceUID, "2.25.3")))))
        .Add(DicomVR.LO, new DicomTag(0x0029, 0x0010), "ACME 1.1")
        .Add(DicomVR.UN, new DicomTag(0x0029, 0x1001), (byte)1, (byte)2)
        .Add(DicomVR.FD, new DicomTag(0x0029, 0x1002), 1.5, 2.5)
        .Add(Pixels(syntax));

    private static DicomItem Pixels(DicomTransferSyntax syntax)
    {
        IByteBuffer bytes = new MemoryByteBuffer([1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 0xFB, 0xFF]);
        if (!syntax.IsEncapsulated) return new DicomDataset().Add(DicomVR.OW, DicomTag.PixelData, bytes).First();
        var fragments = new DicomOtherByteFragment(DicomTag.PixelData);
        fragments.OffsetTable.Add(0);
        fragments.Fragments.Add(bytes);
        fragments.Fragments.Add(bytes);
        return fragments;
    }
}
