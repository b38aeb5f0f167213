namespace Gateway.Fuzzing;

/// <summary>Real files as seeds: those of a folder that are small.</summary>
/// <param name="folder">Where <c>malformed</c> and <c>dicom</c> lie, or null where there is none.</param>
public sealed class SeedFiles(string? folder)
{
    public static SeedFiles None { get; } = new((string?)null);

    /// <summary>The files below <c>malformed</c> of at most so many bytes, in the order of their names.</summary>
    public IEnumerable<byte[]> Malformed(int most) =>
        folder is null ? [] : Directory.GetFiles(Path.Combine(folder, "malformed"), "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Where(path => new FileInfo(path).Length <= most).Select(File.ReadAllBytes);
}
