using System.Globalization;

namespace Gateway.TranslationWorker;

/// <summary>When a derived object was made, on the same clock as the dates and times that it copies (PS3.3 C.12.1.1.8: one offset holds for
/// all of an object).</summary>
internal static class DerivedTimes
{
    private static readonly DicomTag[] Dates = [DicomTag.InstanceCreationDate, DicomTag.SeriesDate, DicomTag.ContentDate];
    private static readonly DicomTag[] Times = [DicomTag.InstanceCreationTime, DicomTag.SeriesTime, DicomTag.ContentTime];

    /// <summary>In the study's own offset from UTC where it says one; else in the one that the site's clocks had at the study, which is
    /// then said; else as <see cref="Derivation.CreatedAt"/> has it, and no offset is said, since nobody knows the scanner's.</summary>
    public static void Write(DicomDataset dataset, DicomDataset source, Derivation derivation)
    {
        var said = StudyStart.ParseOffset(DerivedIdentity.Text(source, DicomTag.TimezoneOffsetFromUTC));
        if (said is not null)
            source.CopyTo(dataset, DicomTag.TimezoneOffsetFromUTC);
        var offset = said ?? SiteOffset(source, derivation);
        if (said is null && offset is { } ours)
            dataset.AddOrUpdate(DicomTag.TimezoneOffsetFromUTC, Text(ours));
        var local = offset is { } known ? derivation.CreatedAt.ToOffset(known) : derivation.CreatedAt;
        foreach (var tag in Dates)
            dataset.AddOrUpdate(tag, local.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        foreach (var tag in Times)
            dataset.AddOrUpdate(tag, local.ToString("HHmmss", CultureInfo.InvariantCulture));
    }

    private static TimeSpan? SiteOffset(DicomDataset source, Derivation derivation) => derivation.Zone is not { } zone
        ? null
        : StudyStart.Moment(
            DerivedIdentity.Text(source, DicomTag.StudyDate), DerivedIdentity.Text(source, DicomTag.StudyTime)) is { } moment
            ? zone.GetUtcOffset(moment) : zone.GetUtcOffset(derivation.CreatedAt);

    /// <summary><c>&amp;ZZXX</c>.</summary>
    private static string Text(TimeSpan offset) =>
        (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hhmm", CultureInfo.InvariantCulture);
}
