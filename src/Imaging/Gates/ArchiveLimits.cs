using System.Security.Cryptography;
using System.Text.Json;

namespace Gateway.Imaging.Gates;

/// <summary>limits.json beside a reference: what series like those of the archive measure, and how far others may differ.</summary>
public sealed record ArchiveLimits
{
    public const string FileName = "limits.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Digest of the reference the slices were registered to; with another one the limits mean nothing.</summary>
    public required string Reference { get; init; }

    /// <summary>SHA-256 over the parts as they are written, lower-case hex.</summary>
    public string Digest { get; init; } = "";

    public required IReadOnlyList<ArchivePart> Parts { get; init; }

    /// <param name="reference">The one its modality's samples were prepared with.</param>
    /// <param name="sources">Samples of this modality by kind of source, at least three subjects each.</param>
    /// <param name="heads">Samples of both modalities.</param>
    public static ArchiveLimits Learn(Reference reference, IReadOnlyDictionary<string, IReadOnlyList<ArchiveSample>> sources, IReadOnlyList<ArchiveSample> heads)
    {
        IReadOnlyList<ArchivePart> parts =
        [
            .. sources.Select(source => ArchivePart.Learn(source.Key, source.Value, Aspect.Look)),
            ArchivePart.Learn("volumes", Volumes(sources.Values.SelectMany(samples => samples)), Aspect.Pose),
            ArchivePart.Learn("heads", Volumes(heads), Aspect.Shape),
        ];
        return new() { Reference = reference.Parameters.Digest, Digest = DigestOf(parts), Parts = parts };
    }

    /// <exception cref="InvalidDataException">Not limits, changed by hand, or of another reference.</exception>
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
        if (limits is null || limits.Reference != reference.Parameters.Digest || limits.Digest != DigestOf(limits.Parts))
            throw new InvalidDataException($"{FileName} is not the reference's, or not what its digest was made from.");
        return limits;
    }

    public void Save(string folder) => File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Json) + "\n");

    /// <summary>A single slice says little of pose and nothing of shape, and only volumes are judged.</summary>
    private static ArchiveSample[] Volumes(IEnumerable<ArchiveSample> samples) => [.. samples.Where(sample => sample.Features.Volume is not null)];

    private static string DigestOf(IReadOnlyList<ArchivePart> parts) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(parts, Json)));
}
