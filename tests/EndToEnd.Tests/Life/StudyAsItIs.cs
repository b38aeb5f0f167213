using Gateway.Persistence;

namespace Gateway.EndToEnd.Tests.Life;

/// <summary>A study once nothing moves any more.</summary>
/// <param name="Failures">Those that nobody has replayed: an operator sees them.</param>
internal sealed record StudyAsItIs(Study Study, IReadOnlyList<Delivery> Deliveries, IReadOnlyList<Failure> Failures)
{
    private static readonly Func<Study, WorklistState> Due = StudyLife.State.Compile();

    public Series Source => Study.Series.Single(s => s.Origin == SeriesOrigin.Received);

    public IReadOnlyList<Series> Derived => Study.Series.FindAll(s => s.Origin == SeriesOrigin.Derived);

    /// <summary>What must never be, in words.</summary>
    public IEnumerable<string> Wrongs(int destinations)
    {
        if (Study.State != StudyState.Received || Source.Revision != Study.Revision || Source.Instances.Count != Study.CompletedInstances)
            yield return $"the study is {Study.State} at revision {Study.Revision}, its series at {Source.Revision} with {Source.Instances.Count} images";
        if (Source.State is not (SeriesState.Ineligible or SeriesState.Held or SeriesState.Translated or SeriesState.Delivered or SeriesState.Failed))
            yield return $"the source stays {Source.State}";
        foreach (var series in Derived)
        {
            if (series.State is not (SeriesState.Delivered or SeriesState.Failed or SeriesState.Superseded))
                yield return $"a derived series stays {series.State}";
            if (series.State == SeriesState.Superseded == (series.Revision == Source.Revision))
                yield return $"a derived series of revision {series.Revision} is {series.State}, the source at {Source.Revision}";
            if (series.State == SeriesState.Delivered && Deliveries.Count(d => d.Instance.SeriesId == series.Id && d.State == DeliveryState.Delivered) != destinations * series.Instances.Count)
                yield return "a series is called delivered and is not";
        }
        foreach (var wrong in Unseen().Concat(Unsettled()))
            yield return wrong;
    }

    /// <summary>What the worklist says must follow from the states of the series, at every moment.</summary>
    public IEnumerable<string> Unsettled() => Due(Study) is var due && due == Study.WorklistState
        ? []
        : [$"the worklist says {Study.WorklistState}, where {due} follows from {string.Join(", ", Study.Series.Select(s => $"{s.Origin} {s.State}"))}"];

    private IEnumerable<string> Unseen()
    {
        var current = Derived.Where(s => s.State != SeriesState.Superseded).ToList();
        if (Source.State is SeriesState.Translated or SeriesState.Delivered && current.Count != 1)
            yield return $"{current.Count} derived series are current";
        if (Source.State == SeriesState.Delivered && current.Exists(s => s.State != SeriesState.Delivered))
            yield return "the source is called delivered and its derived series is not";
        if (Source.State == SeriesState.Translated && current.Exists(s => s.State != SeriesState.Failed))
            yield return "the source stays translated although what was made of it is delivered";
        foreach (var failed in Study.Series.Where(s => s.State == SeriesState.Failed))
            if (!Failures.Any(f => f.SeriesId == failed.Id || (f.SeriesId is null && f.StudyId == Study.Id)))
                yield return $"a {failed.Origin} series is failed and no operator sees it";
    }
}
