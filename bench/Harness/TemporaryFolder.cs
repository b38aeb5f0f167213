namespace Gateway.Harness;

/// <summary>A folder for one run, gone with it. <c>TMPDIR</c> says where: the disk it lies on is part of what is measured.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("gateway-bench-").FullName;

    public string Sub(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
