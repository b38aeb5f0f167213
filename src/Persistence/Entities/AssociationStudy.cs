namespace Gateway.Persistence;

/// <summary>An association brought images of a study. Whether the study is complete is decided from these rows.</summary>
public sealed class AssociationStudy
{
    public required Guid AssociationId { get; init; }
    public Association Association { get; init; } = null!;
    public required Guid StudyId { get; init; }
}
