namespace Gateway.Fuzzing.Targets;

/// <summary>Asks a data set for all it has, in every way that callers do.</summary>
internal static class DataSetReading
{
    private const int MostNumbers = 4_096;

    public static void ReadAll(DicomDataset dataset)
    {
        foreach (var item in dataset)
        {
            if (item is DicomSequence sequence)
                foreach (var nested in sequence) ReadAll(nested);
            else if (item is DicomElement element) Read(dataset, element);
        }
    }

    private static void Read(DicomDataset dataset, DicomElement element)
    {
        _ = (element.Count, element.Length);
        if (element.Length > MostNumbers && !element.ValueRepresentation.IsString) return;    // bytes made texts and numbers are large
        dataset.TryGetString(element.Tag, out _);
        dataset.TryGetValues<double>(element.Tag, out _);
        dataset.TryGetSingleValue<DateTime>(element.Tag, out _);
        dataset.TryGetSingleValue<DicomUID>(element.Tag, out _);
        dataset.TryGetSingleValue<ushort>(element.Tag, out _);
    }
}
