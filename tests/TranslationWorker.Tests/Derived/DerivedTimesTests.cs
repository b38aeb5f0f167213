using static Gateway.TranslationWorker.Tests.Derived.DerivedSample;

namespace Gateway.TranslationWorker.Tests.Derived;

/// <summary>Made at 23:30:15 UTC: beyond midnight in Vienna.</summary>
public class DerivedTimesTests
{
    private static readonly TimeZoneInfo Vienna = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna");

    [Fact]
    public void The_offset_that_the_study_says_counts_before_the_sites_zone() =>
        Assert.Equal(("-0200", "20261122", "213015"), Times("-0200", "20260102", Vienna));

    [Theory]
    [InlineData("20260102", "+0100", "003015")]
    [InlineData("20260702", "+0200", "013015")]
    [InlineData("", "+0100", "003015")]
    public void Without_one_it_is_the_sites_as_it_was_at_the_study_since_one_offset_holds_for_all(string day, string offset, string time) =>
        Assert.Equal((offset, "20261123", time), Times(null, day, Vienna));

    [Theory, InlineData("CET"), InlineData("+9900")]
    public void An_offset_that_is_none_counts_as_none(string written) =>
        Assert.Equal(("+0100", "20261123", "003015"), Times(written, "20260102", Vienna));

    [Fact]
    public void Where_nobody_knows_the_zone_the_gateways_own_clock_counts_and_no_offset_is_claimed() =>
        Assert.Equal((null, "20261123", "083015"), Times(null, "20260102", null, Created.ToOffset(TimeSpan.FromHours(9))));

    private static (string? Offset, string Date, string Time) Times(
        string? written, string day, TimeZoneInfo? zone, DateTimeOffset? created = null)
    {
        var source = DerivedSources.Handmade(Shipped.T2ToCt).NotValidated().Remove(DicomTag.TimezoneOffsetFromUTC)
            .AddOrUpdate(DicomTag.StudyDate, day);
        if (written is not null)
            source.AddOrUpdate(DicomTag.TimezoneOffsetFromUTC, written);

        var derived = Write(source, Derivation(Shipped.T2ToCt) with { Zone = zone, CreatedAt = created ?? Created }).Dataset;

        var offset = derived.TryGetString(DicomTag.TimezoneOffsetFromUTC, out var said) ? said : null;
        Assert.Single(
            ((DicomTag[])[DicomTag.InstanceCreationDate, DicomTag.SeriesDate, DicomTag.ContentDate]).Select(derived.GetString).Distinct());
        return (offset, derived.GetString(DicomTag.ContentDate), derived.GetString(DicomTag.ContentTime));
    }
}
