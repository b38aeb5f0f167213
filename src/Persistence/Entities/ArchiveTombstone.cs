namespace Gateway.Persistence;

/// <summary>A patient who was erased from the archive: his images do not enter it again. Nothing but the pseudonym is kept.</summary>
public sealed class ArchiveTombstone
{
    /// <summary><see cref="SubjectPseudonym.Subject"/> or <see cref="SubjectPseudonym.AnyIssuer"/>; the key of the row.</summary>
    public required string Subject { get; init; }

    /// <summary>Which key the pseudonym was made with.</summary>
    public required string KeyId { get; init; }
}
