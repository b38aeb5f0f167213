using Gateway.Imaging.Tests;
using Gateway.Workshop.Phantom;

namespace Gateway.TranslationWorker.Tests;

/// <summary>Phantom series of several stacks, as scanners send them: under one Series Instance UID.</summary>
internal static class SeveralStacks
{
    private const ulong Seed = 3;

    /// <summary>Echo by echo at each of 24 places: one that says it is proton density, and T2.</summary>
    public static List<DicomDataset> DualEcho(int size = 128) =>
        OneSeries(
            Images(PhantomKind.T2, size).Zip(Images(PhantomKind.T2, size))
                .SelectMany(pair => (DicomDataset[])[pair.First.AddOrUpdate(DicomTag.EchoTime, "15"), pair.Second]));

    /// <summary>The same as one enhanced image: frames 1, 3, 5 and so on are proton density.</summary>
    public static DicomDataset EnhancedDualEcho(int size = 128)
    {
        var images = DualEcho(size);
        var enhanced = EnhancedSeries.Of(images);
        foreach (var (image, frame) in images.Zip(enhanced.GetSequence(DicomTag.PerFrameFunctionalGroupsSequence).Items))
        {
            var timing = new DicomDataset();
            image.CopyTo(timing, DicomTag.RepetitionTime);
            frame.AddOrUpdate(new DicomSequence(DicomTag.MRTimingAndRelatedParametersSequence, timing))
                .AddOrUpdate(
                    new DicomSequence(
                        DicomTag.MREchoSequence, new DicomDataset().AddOrUpdate(
                            DicomTag.EffectiveEchoTime, image.GetSingleValue<double>(DicomTag.EchoTime))));
        }
        return enhanced;
    }

    public static List<DicomDataset> Images(PhantomKind kind, int size = 128, int slices = 24) =>
        [.. PhantomSeries.Create(
            new() { Seed = Seed, Kind = kind, Study = "stacks", Size = size, Slices = slices, Spacing = 230.4 / size })];

    /// <summary>Under one series, frame of reference and description, with numbers in the order given and UIDs of their own.</summary>
    public static List<DicomDataset> OneSeries(IEnumerable<DicomDataset> images) =>
    [
        .. images.Select((image, i) => image.AddOrUpdate(DicomTag.SeriesInstanceUID, "2.25.77").AddOrUpdate(
            DicomTag.FrameOfReferenceUID, "2.25.78")
            .AddOrUpdate(DicomTag.SeriesDescription, "AX PD+T2 TSE").AddOrUpdate(DicomTag.ProtocolName, "TSE")
            .AddOrUpdate(DicomTag.SOPInstanceUID, $"2.25.77{i + 100}")
            .AddOrUpdate(DicomTag.InstanceNumber, $"{i + 1}")),
    ];

    public static byte[] Bytes(DicomDataset image)
    {
        using var stream = new MemoryStream();
        new DicomFile(image).Save(stream);
        return stream.ToArray();
    }

    public static SourceInstance Source(DicomDataset image)
    {
        var bytes = Bytes(image);
        using var file = new MemoryStream(bytes);
        return new(image.GetString(DicomTag.SOPInstanceUID), () => new MemoryStream(bytes, writable: false), SourceSet.ContentDigest(file));
    }
}
