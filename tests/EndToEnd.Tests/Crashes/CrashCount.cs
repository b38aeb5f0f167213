namespace Gateway.EndToEnd.Tests.Crashes;

/// <summary>What is there once everything is quiet.</summary>
/// <param name="Stored">Received images with a row and their bytes.</param>
/// <param name="Derived">Synthetic series.</param>
/// <param name="Held">Series that the gates keep back, rightly.</param>
/// <param name="Orphans">Objects that no row names; a sweep takes them once they are old.</param>
internal sealed record CrashCount(int Stored, int Derived, int Held, int Orphans)
{
    /// <summary>A sentence each.</summary>
    public List<string> Lost { get; } = [];

    /// <inheritdoc cref="Lost"/>
    public List<string> Doubled { get; } = [];

    /// <summary>What failed or was left lying about, a sentence each.</summary>
    public List<string> Wrong { get; } = [];

    public override string ToString() =>
        $"{Stored} images stored, {Derived} synthetic series, {Held} held, {Orphans} orphans, "
        + $"{Lost.Count} lost, {Doubled.Count} doubled, {Wrong.Count} wrong";
}
