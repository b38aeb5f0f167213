using Gateway.TranslationWorker.Tests.Derived;

namespace Gateway.TranslationWorker.Tests.Pipeline;

/// <summary>A series of several stacks becomes what the eligible one alone would have become.</summary>
public sealed class SeveralStacksTests : IDisposable
{
    private readonly Translations _translations = new();

    public void Dispose() => _translations.Dispose();

    [Theory, InlineData(SliceCoverage.Chosen), InlineData(SliceCoverage.All)]
    public void The_T2_echo_of_a_dual_echo_is_translated_as_if_it_were_alone(SliceCoverage slices)
    {
        var series = SeveralStacks.DualEcho();

        var alone = _translations.Run(Shipped.T2ToCt, slices, series.Where((_, i) => i % 2 == 1));
        var among = _translations.Run(Shipped.T2ToCt, slices, series);

        Assert.Equal(alone.Derived.Select(Uid), among.Derived.Select(Uid));
        Assert.Equal(alone.Derived.Select(Pixels), among.Derived.Select(Pixels));
        Assert.DoesNotContain("left out", Said(alone.Derived[0]), StringComparison.Ordinal);
        Assert.Contains("Of the source series 24 images (echo time 100 ms", Said(among.Derived[0]), StringComparison.Ordinal);
        DerivedTools.Validate(_translations.Save(among.Derived[0], "among.dcm"));
    }

    [Fact]
    public void The_T2_frames_of_an_enhanced_dual_echo_are_translated_and_named_by_their_numbers()
    {
        var series = SeveralStacks.DualEcho();

        var twin = _translations.Run(Shipped.T2ToCt, SliceCoverage.Chosen, series);
        var enhanced = _translations.Run(Shipped.T2ToCt, SliceCoverage.Chosen, [SeveralStacks.EnhancedDualEcho()]);

        Assert.Equal(Pixels(twin.Derived[0]), Pixels(enhanced.Derived[0]));
        var frame = enhanced.Derived[0].Dataset.GetSequence(DicomTag.SourceImageSequence).Single()
            .GetSingleValue<int>(DicomTag.ReferencedFrameNumber);
        Assert.Equal(0, frame % 2);
        Assert.Equal(
            twin.Derived[0].Dataset.GetString(DicomTag.ImagePositionPatient),
            enhanced.Derived[0].Dataset.GetString(DicomTag.ImagePositionPatient));
    }

    private static string Uid(DicomFile file) => file.Dataset.GetString(DicomTag.SOPInstanceUID);

    private static byte[] Pixels(DicomFile file) => DicomPixelData.Create(file.Dataset).GetFrame(0).Data;

    private static string Said(DicomFile file) => file.Dataset.GetString(DicomTag.DerivationDescription);
}
