using Gateway.Testing;
using static Gateway.TranslationWorker.Tests.Derived.DerivedSample;

namespace Gateway.TranslationWorker.Tests.Derived;

public sealed class DerivedMarkTests : IDisposable
{
    private const string Overlay =
        "import sys, pydicom; d = pydicom.dcmread(sys.argv[1]); o = d.overlay_array(0x6000); "
        + "print(o.shape[0], o.shape[1], int(o.sum()), ''.join('#' if v else '.' for v in o[6, :16]))";

    private static readonly DicomTag Data = new(0x6000, 0x3000);
    private readonly DerivedSample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Theory, MemberData(nameof(DerivedSample.Directions), MemberType = typeof(DerivedSample))]
    public void An_overlay_says_synthetic_over_pixels_that_keep_their_values(Direction direction)
    {
        var source = DerivedSources.Handmade(direction);
        var (plain, marked) = (Write(source, direction), Write(source, Derivation(direction) with { Mark = SyntheticMark.Overlay }));
        var file = _sample.Save(marked, "marked.dcm");

        DerivedTools.Validate(file);
        var read = Tool.Run("/usr/bin/python3", "-W", "ignore", "-c", Overlay, file).Succeeded().Output.Split(' ');
        Assert.Equal(["24", "32"], read[..2]);
        Assert.InRange(int.Parse(read[2], System.Globalization.CultureInfo.InvariantCulture), 60, 400);
        Assert.StartsWith("..####.#...#.#..", read[3], StringComparison.Ordinal); // the tops of S, Y and N, in the second row
        Assert.Equal(Pixels(plain), Pixels(marked));
        Assert.False(plain.Dataset.Contains(Data));
        Assert.NotEqual(plain.Dataset.GetString(DicomTag.SOPInstanceUID), marked.Dataset.GetString(DicomTag.SOPInstanceUID));
        Assert.NotEqual(plain.Dataset.GetString(DicomTag.SeriesInstanceUID), marked.Dataset.GetString(DicomTag.SeriesInstanceUID));
    }

    [Fact]
    public void Values_are_mapped_to_hounsfield_units_inside_the_models_window_alone_and_a_second_channels_as_rough()
    {
        var source = DerivedSources.Handmade(Shipped.T2ToCt);
        var one = Derivation(Shipped.T2ToCt);
        var two = one with { Model = one.Model with { Wide = new(-1000, 2000) } };

        Assert.Equal(["HU -20 100"], Ranges(Write(source, one)));
        Assert.Equal(["HU -20 100", "HU_ROUGH -1000 2000"], Ranges(Write(source, two)));
        foreach (var derivation in (Derivation[])[one, two])
            DerivedTools.Validate(_sample.Save(Write(source, derivation), "derived.dcm"));
        Assert.False(
            Write(DerivedSources.Handmade(Shipped.CtToT2), Shipped.CtToT2).Dataset.Contains(DicomTag.RealWorldValueMappingSequence));
    }

    private static byte[] Pixels(DicomFile file) => file.Dataset.GetDicomItem<DicomElement>(DicomTag.PixelData)!.Buffer.Data;

    private static IEnumerable<string> Ranges(DicomFile file) => file.Dataset.GetSequence(DicomTag.RealWorldValueMappingSequence).Select(
        item => string.Join(' ', item.GetString(DicomTag.LUTLabel), Bound(item, DicomTag.RealWorldValueFirstValueMapped),
            Bound(item, DicomTag.RealWorldValueLastValueMapped)));

    private static short Bound(DicomDataset item, DicomTag tag) => item.GetSingleValue<short>(tag);
}
