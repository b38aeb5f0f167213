namespace Gateway.Fuzzing.Targets;

/// <summary>Asks a data set for all it has, in the ways that callers do.</summary>
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
        if (dataset.Contains(DicomTag.PixelData)) ReadFrame(dataset);
    }

    public static byte[] Save(DicomFile file)
    {
        using var stream = new MemoryStream();
        file.Save(stream);
        return stream.ToArray();
    }

    private static void Read(DicomDataset dataset, DicomElement element)
    {
        var vr = element.ValueRepresentation;
        _ = (element.Count, element.Length);
        if (element.Length > MostNumbers && !vr.IsString) return;    // bytes made texts and numbers are large
        dataset.TryGetString(element.Tag, out _);
        if (vr.Code is "DS" or "IS" || !vr.IsString && vr != DicomVR.AT) dataset.TryGetValues<double>(element.Tag, out _);
        if (vr.Code is "DA" or "TM" or "DT") dataset.TryGetSingleValue<DateTime>(element.Tag, out _);
        if (vr.Code is "UI") dataset.TryGetSingleValue<DicomUID>(element.Tag, out _);
        if (vr.Code is "US") dataset.TryGetSingleValue<ushort>(element.Tag, out _);
    }

    private static void ReadFrame(DicomDataset dataset)
    {
        try
        {
            var pixels = DicomPixelData.Create(dataset);
            _ = (pixels.GetFrame(0).Size, pixels.GetFrame(pixels.NumberOfFrames - 1).Size);
        }
        catch (DicomDataException)
        {
            // No frame there: said so.
        }
    }
}
