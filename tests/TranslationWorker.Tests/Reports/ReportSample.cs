using Gateway.Contracts.Reasons;
using Gateway.TranslationWorker.Tests.Derived;

namespace Gateway.TranslationWorker.Tests.Reports;

/// <summary>A result of two images that is reported on.</summary>
internal static class ReportSample
{
    public static TranslatedSeries Result(Direction direction, params IReadOnlyList<Reason> released) => new()
    {
        Direction = direction,
        Model = DerivedSample.Derivation(direction).Model,
        Derived = [.. Enumerable.Range(1, 2).Select(number => DerivedSample.Write(
            DerivedSources.Handmade(direction).AddOrUpdate(DicomTag.SOPInstanceUID, $"2.25.1001{number}")
                .AddOrUpdate(DicomTag.InstanceNumber, $"{number}"),
            DerivedSample.Derivation(direction) with { Slices = SliceCoverage.All }))],
        Reasons = released,
        IsReported = true,
        ChosenSopInstanceUid = "2.25.10011",
        ChosenSlice = 1,
        NccBefore = 0.51234,
        NccAfter = 0.9,
        GateScore = 0.4,
        Panels = [],
        Sheet = [1],
        Seconds = new Dictionary<string, double>(),
    };
}
