using System.Collections.Frozen;

namespace Gateway.Imaging.Modalities;

/// <summary>
/// Reads the part of the body from a header. Body Part Examined, Anatomic Region and the nearest description that names one must not
/// contradict each other: a study is often of head and neck, its series are of one of them.
/// </summary>
internal static class BodyRegionHeader
{
    /// <summary>PS3.16 CID 4031, in SNOMED CT and in the codes before it, and the same in FMA.</summary>
    private static readonly FrozenSet<string> HeadCodes = new[]
    {
        "SCT 69536005", "SCT 12738006", "SCT 89546000", "SCT 774007", "SCT 258335003", "SCT 302548004",
        "SRT T-D1100", "SRT T-A0100", "SRT T-11100", "SRT T-D1000",
        "FMA 7154", "FMA 50801", "FMA 46565",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static BodyRegion Of(DicomDataset ds)
    {
        var (part, unknown) = Part(ds);
        if (part == BodyRegion.Other)
            return part;
        var series = Nearest(ds, DicomTag.SeriesDescription, DicomTag.ProtocolName);
        if (series != BodyRegion.Unsaid || part == BodyRegion.Head)
            return series == BodyRegion.Unsaid ? part : series;
        var study = Nearest(
            ds, DicomTag.PerformedProcedureStepDescription, DicomTag.RequestedProcedureDescription, DicomTag.StudyDescription);
        return study == BodyRegion.Unsaid && unknown ? BodyRegion.Other : study;
    }

    /// <summary>Body Part Examined (0018,0015) and Anatomic Region Sequence (0008,2218), also of an enhanced image's frame.</summary>
    /// <returns>And whether they name a part that the tables do not know.</returns>
    private static (BodyRegion Region, bool Unknown) Part(DicomDataset ds)
    {
        var examined = ImageHeader.Text(ds, DicomTag.BodyPartExamined);
        var items = ImageHeader.Items(ds, DicomTag.AnatomicRegionSequence);
        string?[] texts = [examined, .. items.Select(item => ImageHeader.Text(item, DicomTag.CodeMeaning))];
        var regions = texts.Select(Named).Concat(items.Any(IsHead) ? [BodyRegion.Head] : []).ToList();
        var region = regions.Contains(BodyRegion.Head) ? BodyRegion.Head : regions.Find(named => named != BodyRegion.Unsaid);
        return (region, region == BodyRegion.Unsaid && texts.Any(text => text is not null && !FoldedText.Of(text).Has(Terms.NoPart)));
    }

    private static BodyRegion Nearest(DicomDataset ds, params ReadOnlySpan<DicomTag> tags)
    {
        foreach (var tag in tags)
            if (Named(ImageHeader.Text(ds, tag)) is var named and not BodyRegion.Unsaid)
                return named;
        return BodyRegion.Unsaid;
    }

    private static BodyRegion Named(string? text) => text is null ? BodyRegion.Unsaid : Read.Of(text);

    private static TextMemo<BodyRegion> Read { get; } = new(ReadText);

    private static BodyRegion ReadText(string text)
    {
        var words = FoldedText.Of(text).Without(Terms.NoHead);
        return words.Has(Terms.Head) ? BodyRegion.Head : words.Has(Terms.OtherPart) ? BodyRegion.Other : BodyRegion.Unsaid;
    }

    private static bool IsHead(DicomDataset item)
    {
        var scheme = ImageHeader.Text(item, DicomTag.CodingSchemeDesignator) switch
        {
            "SNM3" or "99SDM" or "SRT" => "SRT",
            var other => other,
        };
        var code = ImageHeader.Text(item, DicomTag.CodeValue) ?? ImageHeader.Text(item, DicomTag.LongCodeValue);
        return HeadCodes.Contains($"{scheme} {code}");
    }
}
