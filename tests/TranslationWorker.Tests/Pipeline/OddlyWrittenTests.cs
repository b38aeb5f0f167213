using System.Runtime.InteropServices;
using Gateway.Workshop.Phantom;

namespace Gateway.TranslationWorker.Tests.Pipeline;

/// <summary>What devices do wrong, or as only they do it, changes nothing in the picture.</summary>
public sealed class OddlyWrittenTests : IDisposable
{
    private readonly Translations _translations = new();

    public static TheoryData<string> Ways => new(OddlyWritten.Ways.Keys);

    public void Dispose() => _translations.Dispose();

    [Theory, MemberData(nameof(Ways))]
    public void A_head_that_is_written_oddly_becomes_the_picture_of_the_plain_one(string way)
    {
        var (kind, change) = OddlyWritten.Ways[way];
        var direction = kind == PhantomKind.T2 ? Shipped.T2ToCt : Shipped.CtToT2;
        var odd = Series(kind).ToList();
        for (var i = 0; i < odd.Count; i++)
            change(odd[i], i);
        if (way.StartsWith("one slice twice", StringComparison.Ordinal))
            odd.Add(odd[11].Clone().AddOrUpdate(DicomTag.SOPInstanceUID, "2.25.77"));

        var (plain, result) = (Derived(direction, Series(kind)), Derived(direction, odd));

        Assert.InRange(plain.Zip(result, (a, b) => Math.Abs(a - b)).Average(), 0, 1);
    }

    private static IEnumerable<DicomDataset> Series(PhantomKind kind) =>
        PhantomSeries.Create(new PhantomSeriesOptions { Seed = 3, Kind = kind, Size = 128, Spacing = 1.8 });

    private double[] Derived(Direction direction, IEnumerable<DicomDataset> images)
    {
        var all = images.ToList();
        Assert.Equal(direction, new EligibilityRules(ShippedModalities.Table).Check(all).Direction);
        var result = _translations.Run(direction, new TranslationOptions(), all);
        Assert.Empty(result.Reasons);
        var image = result.Derived.Single().Dataset;
        var bytes = image.GetValues<byte>(DicomTag.PixelData);
        return direction == Shipped.T2ToCt
            ? [.. MemoryMarshal.Cast<byte, short>(bytes).ToArray().Select(v => (double)v)]
            : [.. MemoryMarshal.Cast<byte, ushort>(bytes).ToArray().Select(v => (double)v)];
    }
}
