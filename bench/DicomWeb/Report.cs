namespace Gateway.DicomWeb;

/// <summary>A run as Markdown.</summary>
internal static class Report
{
    public static string Of(Run run) =>
        $"""
        # DICOMweb

        {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC, commit {run.Commit}.  
        {run.Machine.Cores} cores, {run.Machine.Processor}, data on {run.Machine.FileSystem}.  
        Load average before {run.LoadBefore}, after {Machine.LoadAverage()}.

        **{run.Stored.Images:N0} MR of {run.Stored.BytesEach / 1_000} KB**, each durable before its answer; 16 studies, each a request.

        | images a second | min | median | max |
        |---|---|---|---|
        | C-STORE, one association | {Whole(run.Stored.Store)} |
        | STOW-RS, one connection | {Whole(run.Stored.Stow)} |
        | STOW-RS over C-STORE, round by round | {Ratio(run.Stored.Ratio)} |

        **A CT study of {run.Retrieved.Slices} slices** of 512 x 512, as it was stored, by WADO-RS.

        | MB a second | min | median | max |
        |---|---|---|---|
        | ours | {Whole(run.Retrieved.Ours)} |
        | Orthanc | {Whole(run.Retrieved.Theirs)} |
        | ours over Orthanc, round by round | {Ratio(run.Retrieved.Ratio)} |

        The gateway had {run.Retrieved.Before:0} MiB resident before the measured rounds, and at most {run.Retrieved.Peak:0} MiB in them.

        """;

    private static string Whole(Spread spread) => $"{spread.Min:0} | {spread.Median:0} | {spread.Max:0}";

    private static string Ratio(Spread spread) => $"{spread.Min:0.00} | {spread.Median:0.00} | {spread.Max:0.00}";
}

/// <summary>What was measured, and where.</summary>
internal sealed record Run(string Commit, Machine Machine, string LoadBefore, Stored Stored, Retrieved Retrieved);
