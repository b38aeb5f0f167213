namespace Gateway.Receive;

/// <summary>What the figures are held to, cell by cell.</summary>
internal static class Targets
{
    private const double BookkeepingMilliseconds = 0.10;

    public static IEnumerable<string> Of(ReceiveResult run)
    {
        yield return "| cell | bytes / dcmtk (4, 16, 64: 1.0; 1: 0.9) | CPU ms of bytes, at most | bytes' CPU / fo-dicom's (0.6) | as shipped / floor (0.7) | as shipped / Orthanc (3) |";
        yield return "|---|---|---|---|---|---|";
        foreach (var cell in run.Cells)
            yield return $"| {cell.Workload.Name}, {cell.Sender.Name}, {cell.Associations} | {Rate(cell, Programs.Bytes, Programs.Dcmtk)} | {Processor(cell)} "
                + $"| {Milliseconds(cell, Programs.Bytes, Programs.FoDicom)} | {Rate(cell, Programs.Durable, Programs.Floor)} "
                + $"| {Rate(cell, Programs.Durable, Programs.Orthanc)} |";
    }

    private static string Rate(Cell cell, string ours, string theirs) => Ratio(cell.Of(ours)?.Rate / cell.Of(theirs)?.Rate);

    private static string Milliseconds(Cell cell, string ours, string theirs) =>
        Ratio(cell.Of(ours)?.Milliseconds / cell.Of(theirs)?.Milliseconds);

    private static string Processor(Cell cell) =>
        $"{cell.Of(Programs.Bytes)?.Milliseconds:0.00}, {cell.Of(Programs.Dcmtk)?.Milliseconds + Spread.Of(cell.Sha256).Median + BookkeepingMilliseconds:0.00}";

    private static string Ratio(double? ratio) => ratio is { } known ? $"{known:0.00}" : "-";
}
