using Gateway.Imaging.Modalities;
using Gateway.Imaging.Volumes;

namespace Gateway.TranslationWorker;

/// <summary>A head that came as files, as far as it is known before its pixels are looked at.</summary>
public sealed record ImportedHead
{
    public required ModalityProfile Profile { get; init; }

    /// <summary>Patient ID (0010,0020), or what stands for it: the name of a file or folder.</summary>
    public required string PatientId { get; init; }

    /// <summary>Issuer of Patient ID (0010,0021); empty where none is said.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>SHA-256 (lower-case hex) of the images.</summary>
    public required string ContentDigest { get; init; }

    /// <summary>Opens it. Slices may be read as they are used, and are then held by the argument.</summary>
    public required Func<DecodedSlices, Volume> Read { get; init; }

    /// <summary>Descriptions of series and study, for <c>Archive:DenyWords</c>.</summary>
    public IReadOnlyList<string> Descriptions { get; init; } = [];

    /// <summary>Whether each slice has a DICOM header, which must then allow it to be kept. A file without says nothing.</summary>
    public bool HasHeaders { get; init; }

    /// <summary>Loose pictures of people who are not told apart: they train, whatever the pseudonym says, and nothing is judged by
    /// them.</summary>
    public bool IsOfMany { get; init; }
}
