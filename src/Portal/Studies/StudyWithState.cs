using System.Linq.Expressions;

using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>A study and the one word people ask for first.</summary>
internal sealed class StudyWithState
{
    public required Study Study { get; init; }

    /// <summary>One of <see cref="Words"/>.</summary>
    public required string State { get; init; }

    /// <summary>Every word a study's state can be.</summary>
    public static readonly IReadOnlyList<string> Words =
        ["receiving", "received", "translated", "delivered", "held", "failed", "ineligible"];

    /// <summary>
    /// The study's state from those of its series, by what an operator must see first: more images coming, then something failed, then
    /// something held, then work not finished. Only then whether nothing was for us (<c>ineligible</c>), every synthetic series
    /// reached its destinations (<c>delivered</c>), or they exist here (<c>translated</c>); superseded series
    /// count for nothing. One expression:
    /// the list filters with it in SQL.
    /// </summary>
    public static readonly Expression<Func<Study, StudyWithState>> Of = study => new StudyWithState
    {
        Study = study,
        State = study.State == StudyState.Receiving ? "receiving"
            : study.Series.Any(s => s.State == SeriesState.Failed) ? "failed"
            : study.Series.Any(s => s.State == SeriesState.Held) ? "held"
            : !study.Series.Any() || study.Series.Any(s => s.State == SeriesState.Receiving || s.State == SeriesState.Received
                || s.State == SeriesState.Queued || s.State == SeriesState.Translating) ? "received"
            : !study.Series.Any(s => s.State != SeriesState.Ineligible && s.State != SeriesState.Superseded) ? "ineligible"
            : study.Series.Any(s => s.Origin == SeriesOrigin.Derived && s.State == SeriesState.Delivered) && !study.Series.Any(s =>
                s.Origin == SeriesOrigin.Derived && s.State != SeriesState.Delivered && s.State != SeriesState.Superseded) ? "delivered"
            : "translated",
    };

    /// <summary>The same rule on a study in memory.</summary>
    public static readonly Func<Study, StudyWithState> Evaluate = Of.Compile();
}
