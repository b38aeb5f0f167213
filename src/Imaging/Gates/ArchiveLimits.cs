using System.Security.Cryptography;
using System.Text.Json;
using Gateway.Imaging.Slices;

namespace Gateway.Imaging.Gates;

/// <summary>limits.json beside a reference: the figures of the archive's series, and how far others may differ from them.</summary>
public sealed record ArchiveLimits
{
    public const string FileName = "limits.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Digest of the reference that the slices were registered to. The limits are valid with that one only.</summary>
    public required string Reference { get; init; }

    /// <summary>Digest of its mean head, which the figures of shape are compared with; empty where it has none.</summary>
    public string Head { get; init; } = "";

    /// <summary>SHA-256 over the parts as they are written, lower-case hex.</summary>
    public string Digest { get; init; } = "";

    public required IReadOnlyList<ArchivePart> Parts { get; init; }

    /// <param name="reference">The reference, whose digests are stored.</param>
    /// <param name="parts">The parts; their digest is computed here.</param>
    public static ArchiveLimits Create(Reference reference, IReadOnlyList<ArchivePart> parts) =>
        new() { Reference = reference.Parameters.Digest, Head = HeadOf(reference), Digest = DigestOf(parts), Parts = parts };

    /// <exception cref="InvalidDataException">Not limits, changed by hand, or for another reference.</exception>
    public static ArchiveLimits Load(string folder, Reference reference)
    {
        ArchiveLimits? limits;
        try
        {
            limits = JsonSerializer.Deserialize<ArchiveLimits>(File.ReadAllBytes(Path.Combine(folder, FileName)), Json);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{FileName} cannot be read.", e);
        }
        if (limits is null || limits.Reference != reference.Parameters.Digest || limits.Head != HeadOf(reference)
            || limits.Digest != DigestOf(limits.Parts))
            throw new InvalidDataException($"{FileName} is not the reference's, or not what its digest was made from.");
        return limits;
    }

    public void Save(string folder) => File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Json) + "\n");

    private static string HeadOf(Reference reference) => reference.Head?.Digest ?? "";

    private static string DigestOf(IReadOnlyList<ArchivePart> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(parts, Json)));
}
