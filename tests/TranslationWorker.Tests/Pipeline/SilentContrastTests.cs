using Gateway.Contracts.Reasons;
using Gateway.Workshop.Phantom;

namespace Gateway.TranslationWorker.Tests.Pipeline;

/// <summary>A CT with a contrast agent that no header tells of.</summary>
public sealed class SilentContrastTests : IDisposable
{
    private readonly Translations _translations = new();

    public void Dispose() => _translations.Dispose();

    [Theory, InlineData(250f, true), InlineData(null, false)]
    public void Vessels_in_the_pixels_hold_a_series_whose_headers_pass(float? hu, bool held)
    {
        var findings = new PhantomFindings { Contrast = hu, Calcified = true };
        var options = new PhantomSeriesOptions { Seed = 41, Kind = PhantomKind.HeadCt, Size = 192, Spacing = 1.2, Findings = findings };
        var images = PhantomSeries.Create(options).ToList();
        Assert.True(new EligibilityRules(ShippedModalities.Table).Check(images).IsEligible);

        var result = _translations.Run(Shipped.CtToT2, SliceCoverage.Chosen, images);

        Assert.Equal(held ? [ReasonCode.ContrastInPixels.Name] : [], result.Reasons.Select(reason => reason.Code));
        Assert.All(result.Reasons, reason => Assert.False(reason.IsFinal()));
        Assert.Equal(held, result.Derived.Count == 0);
    }
}
