namespace Gateway.Cli;

/// <summary>The end of a demo: the same facts for a person and, under <c>--json</c>, for a program.</summary>
internal static class DemoReport
{
    public static void Write(string url, IReadOnlyList<DemoStudy> studies, bool json)
    {
        if (json)
        {
            JsonLine.Write(new { url, studies });
            return;
        }
        foreach (var study in studies)
        {
            Console.WriteLine();
            Console.WriteLine($"study {study.StudyInstanceUid}");
            Line("state", study.State + (study.Reasons.Count > 0 ? $" ({string.Join(", ", study.Reasons)})" : ""));
            Line("direction", study.Direction);
            Line("complete by", study.CompletionRule);
            Line("slice", study.ChosenSlice?.ToString());
            Line("NCC", study.NccBefore is null ? null : $"{study.NccBefore:0.000} before, {study.NccAfter:0.000} after registration");
            Line("model", study.Model);
            Line("derived", study.Derived is [var only] ? only : Folder(study.Derived));
            Line("sheet", study.Sheet);
            Line("fhir", study.Fhir);
            Line("seconds", string.Join(", ", study.Seconds.Select(s => $"{s.Key} {s.Value:0.00}")));
        }
    }

    private static string? Folder(IReadOnlyList<string> files) =>
        files.Count == 0 ? null : $"{files.Count} files in {Path.GetDirectoryName(files[0])}";

    private static void Line(string name, string? value)
    {
        if (value is not null)
            Console.WriteLine($"  {name,-12}{value}");
    }
}
