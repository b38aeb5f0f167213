using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>What a reader said of a derived series.</summary>
/// <param name="Reason">Of a rejection: <c>quality</c> or <c>safety</c>, or the code of a received note's title; else null.</param>
/// <param name="Received">It came as a rejection note or in a structured report.</param>
internal sealed record VerdictJson(DateTimeOffset At, string Verdict, string By, string Why, string? Reason, bool Received)
{
    public static VerdictJson Of(ReaderVerdict one) => new(
        one.At, one.Kind.Word(), one.By, one.Why,
        one.Title switch { ReaderVerdict.Quality => "quality", ReaderVerdict.Safety => "safety", var other => other },
        one.NoteUid is not null);
}
