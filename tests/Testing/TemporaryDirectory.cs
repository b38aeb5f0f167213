namespace Gateway.Testing;

/// <summary>A folder of a test's own, deleted with all it holds.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    /// <summary>Absolute path; the folder exists and is empty.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("gateway-test-").FullName;

    public string Combine(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
