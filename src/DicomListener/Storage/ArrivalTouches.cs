namespace Gateway.DicomListener;

/// <summary>The rows that a batch of arrivals changes, each kind in one order for all replicas: two that lock the same rows wait for each
/// other, and not both for ever.</summary>
internal sealed class ArrivalTouches
{
    private readonly SortedDictionary<Guid, int> _studies = [];
    private readonly SortedSet<Guid> _series = [];
    private readonly SortedDictionary<Guid, int> _associations = [];

    /// <summary>Studies that are open again, and how many images they are said to have; 0: nobody has said.</summary>
    public IReadOnlyDictionary<Guid, int> Studies => _studies;

    /// <summary>Series that are open again.</summary>
    public IReadOnlyCollection<Guid> Series => _series;

    /// <summary>Associations, and how many images each brought.</summary>
    public IReadOnlyDictionary<Guid, int> Associations => _associations;

    /// <summary>When the last of the batch came.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Every image counts for its association, also one sent again.</summary>
    public void Count(ReceivedInstance received)
    {
        _associations[received.AssociationId] = _associations.GetValueOrDefault(received.AssociationId) + 1;
        At = received.At > At ? received.At : At;
    }

    /// <summary>An image that is news opens its study and its series.</summary>
    public void Open(ReceivedInstance received, Guid studyId, Guid seriesId)
    {
        _studies[studyId] = Math.Max(_studies.GetValueOrDefault(studyId), received.ExpectedInStudy ?? 0);
        _series.Add(seriesId);
    }
}
