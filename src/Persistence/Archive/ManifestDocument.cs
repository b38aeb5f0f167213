using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.Persistence;

/// <summary>What the object of a manifest says. The same archive gives the same bytes on every machine: no time, no name, all lists
/// sorted.</summary>
public sealed record ManifestDocument
{
    /// <summary>The form that this code writes and reads; a change of this record's members is another.</summary>
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        RespectRequiredConstructorParameters = true,
    };

    public required int Format { get; init; }

    /// <summary>The first direction of the pair.</summary>
    public required string Pair { get; init; }

    /// <summary>Patients in it.</summary>
    public required int Subjects { get; init; }

    /// <summary>Ordered by modality, split, vendor and AE title.</summary>
    public required IReadOnlyList<ManifestCount> Counts { get; init; }

    /// <summary>Ordered by digest, each once.</summary>
    public required IReadOnlyList<ManifestEntry> Samples { get; init; }

    /// <summary>UTF-8 JSON, without white space.</summary>
    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <exception cref="InvalidDataException">Not a manifest of this form.</exception>
    public static async Task<ManifestDocument> ReadAsync(Stream json, CancellationToken cancel)
    {
        try
        {
            var document = await JsonSerializer.DeserializeAsync<ManifestDocument>(json, Json, cancel);
            return document is { Format: CurrentFormat }
                ? document : throw new InvalidDataException($"A manifest of the form {document?.Format}, not {CurrentFormat}.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException("Not a manifest: " + error.Message, error);
        }
    }
}
