namespace Gateway.DicomNetwork;

/// <summary>The data set of a message to its bytes and back (PS3.7 §6.3): by way of a Part 10 file, since data sets are read and written by
/// <c>Dicom</c>, which knows them only in files.</summary>
internal static class DimseDataSet
{
    /// <exception cref="DicomException">Not a data set.</exception>
    public static DicomDataset Read(ReadOnlyMemory<byte> bytes, string transferSyntax)
    {
        using var stream = new MemoryStream();
        stream.Write(Head(transferSyntax));
        stream.Write(bytes.Span);
        stream.Position = 0;
        return DicomFile.Open(stream).Dataset;
    }

    /// <returns>Stands at the first byte of the data set.</returns>
    public static Stream Write(DicomDataset dataset, string transferSyntax)
    {
        var stream = Saved(dataset, transferSyntax);
        stream.Position = Head(transferSyntax).Length;
        return stream;
    }

    private static byte[] Head(string transferSyntax) => Saved([], transferSyntax).ToArray();

    private static MemoryStream Saved(IEnumerable<DicomItem> dataset, string transferSyntax)
    {
        var file = new DicomFile();
        file.Dataset.Add(dataset);
        file.FileMetaInfo.AddOrUpdate(DicomTag.TransferSyntaxUID, transferSyntax);
        var stream = new MemoryStream();
        file.Save(stream);
        return stream;
    }
}
