namespace Gateway.FieldCases;

/// <summary>One script that makes the DICOM files of a case from the phantom series.</summary>
internal sealed record Generator(string Name, string Script)
{
    /// <param name="only">Names or how they begin; none means all.</param>
    public static List<Generator> In(string folder, string[] only) =>
    [
        .. Directory.GetFiles(folder, "*.py").Order(StringComparer.Ordinal)
            .Select(script => new Generator(Path.GetFileNameWithoutExtension(script), script))
            .Where(
                g => only.Length == 0 || RightValues.Plain.Contains(g.Name)
                    || Array.Exists(only, name => g.Name.StartsWith(name, StringComparison.Ordinal))),
    ];

    /// <returns>What is to be sent, one folder after the other; most cases have one.</returns>
    public async Task<List<string>> WriteAsync(string folder, string phantoms, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        using (var python = new ChildProcess("/usr/bin/python3", [Script, folder, phantoms]))
            await python.SucceededAsync(cancel);
        var parts = Directory.GetDirectories(folder).Order(StringComparer.Ordinal).ToList();
        return parts.Count == 0 ? [folder] : parts;
    }
}
