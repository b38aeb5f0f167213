namespace Gateway.WholePath;

/// <summary>The source tree this benchmark was built in, and the gateway built beside it.</summary>
internal sealed record Checkout(string Root)
{
    public string Gateway => Path.Combine(Root, "src", "Gateway", "bin", "Release", "net10.0", "gateway");

    public string ResultFile => Path.Combine(Root, "bench", "results", "whole-path.md");

    /// <summary>One of the two generators; both have the same layers.</summary>
    public string Model => Path.Combine(Root, "models", "t2-ct.onnx");

    /// <exception cref="DirectoryNotFoundException">No Gateway.sln above this program.</exception>
    public static Checkout Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Gateway.sln")))
            folder = folder.Parent;
        return new(folder?.FullName ?? throw new DirectoryNotFoundException("This program runs where it was built: no Gateway.sln above it."));
    }
}
