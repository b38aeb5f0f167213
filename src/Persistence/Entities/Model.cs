using Gateway.Contracts.Reasons;

namespace Gateway.Persistence;

/// <summary>A generator of one direction. Its file is the object of its digest.</summary>
public sealed class Model
{
    /// <summary>SHA-256 of the ONNX file, lower-case hex: the key of the row, and the model's name everywhere.</summary>
    public required string Digest { get; init; }

    /// <summary>Such as <c>t2-ct</c>.</summary>
    public required string Direction { get; init; }

    /// <summary>Name and version as the file's own metadata give them.</summary>
    public required string Name { get; init; }
    public required string Version { get; init; }

    /// <summary>Written by <see cref="ModelRegistry"/> alone.</summary>
    public ModelState State { get; set; }

    /// <summary>The model that training began from; null for one that began anew or came from outside.</summary>
    public string? ParentDigest { get; init; }

    /// <summary>The job that trained it; null for one that came from outside.</summary>
    public Guid? JobId { get; init; }

    /// <summary>What it learned from; null for one that came from outside.</summary>
    public string? ManifestDigest { get; init; }

    /// <summary>The options it was trained with, as JSON; null where they are not known.</summary>
    public string? Recipe { get; init; }

    /// <summary>The object that holds the report of the gates, as JSON.</summary>
    public string? ReportSha256 { get; init; }

    /// <summary>The object that shows the same unseen subjects by champion and candidate, as PNG.</summary>
    public string? SheetSha256 { get; init; }

    /// <summary>Why it was rejected.</summary>
    public List<Reason> Reasons { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public List<ModelAct> Acts { get; } = [];
}
