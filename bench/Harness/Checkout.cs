namespace Gateway.Harness;

/// <summary>The source tree a benchmark was built in, and the programs built beside it.</summary>
/// <param name="Root">Absolute path.</param>
public sealed record Checkout(string Root)
{
    /// <summary>The gateway, every role.</summary>
    public string Gateway => Program("src/Gateway", "gateway");

    /// <summary>The listener alone.</summary>
    public string Listener => Program("src/DicomListener", "Gateway.DicomListener");

    /// <summary>One of the two generators; both have the same layers.</summary>
    public string Model => Path.Combine(Root, "models", "t2-ct.onnx");

    /// <summary>Where a kept report lies.</summary>
    public string Result(string name) => Path.Combine(Root, "bench", "results", name);

    /// <summary>A program as <c>dotnet build -c Release</c> leaves it.</summary>
    public string Program(string project, string name) => Path.Combine(Root, project, "bin", "Release", "net10.0", name);

    /// <exception cref="DirectoryNotFoundException">No Gateway.sln above this program.</exception>
    public static Checkout Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Gateway.sln")))
            folder = folder.Parent;
        return new(
            folder?.FullName ?? throw new DirectoryNotFoundException("This program runs where it was built: no Gateway.sln above it."));
    }
}
