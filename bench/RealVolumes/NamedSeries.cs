namespace Gateway.RealVolumes;

/// <summary>One real series on disk.</summary>
/// <param name="Name">Folder or file, as in the data's manifest.</param>
/// <param name="Files">Part 10 files.</param>
/// <param name="HeaderMade">Out of NIfTI, which has geometry and nothing else: the header rules saw a header made here.</param>
internal sealed record NamedSeries(string Name, IReadOnlyList<string> Files, bool HeaderMade);
