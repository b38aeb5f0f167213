namespace Gateway.Dicom;

/// <summary>Who defines the elements of a private block (PS3.5 section 7.8.1).</summary>
public sealed class DicomPrivateCreator(string creator) : IEquatable<DicomPrivateCreator>
{
    /// <summary>The name that reserves the block (PS3.5 section 7.8.1).</summary>
    public string Creator { get; } = creator;

    /// <summary>Whether both have the same name (PS3.5 section 7.8.1).</summary>
    public bool Equals(DicomPrivateCreator? other) => Creator == other?.Creator;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DicomPrivateCreator);

    /// <inheritdoc/>
    public override int GetHashCode() => Creator.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Creator;
}
