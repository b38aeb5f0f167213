using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary><c>/api/refusals</c>, <c>/api/failures</c>, <c>/api/associations</c>, <c>/api/commitments</c>, <c>/api/waiting</c>.</summary>
internal static class LedgerApi
{
    public static void MapLedgers(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/refusals", (HttpRequest request, LedgerQueries ledgers, CancellationToken cancel) =>
            AnswerAsync(request, page => ledgers.RefusalsAsync(page, cancel), refusal => refusal));
        routes.MapGet("/api/failures", (HttpRequest request, LedgerQueries ledgers, CancellationToken cancel) =>
            AnswerAsync(request, page => ledgers.FailuresAsync(page, cancel), FailureJson.Of));
        routes.MapGet("/api/associations", (HttpRequest request, LedgerQueries ledgers, CancellationToken cancel) =>
            AnswerAsync(request, page => ledgers.AssociationsAsync(page, cancel), AssociationJson.Of));
        routes.MapGet("/api/commitments", (HttpRequest request, LedgerQueries ledgers, CancellationToken cancel) =>
            AnswerAsync(request, page => ledgers.CommitmentsAsync(page, cancel), CommitmentJson.Of));
        routes.MapGet("/api/waiting", async (LedgerQueries ledgers, CancellationToken cancel) =>
            TypedResults.Ok(new
            {
                items = (await ledgers.WaitingAsync(cancel)).Select(WaitingJson.Of).ToList(),
                fhirServer = await ledgers.WaitingStudiesAsync(cancel),
            }));
    }

    /// <summary>A page of a list, or 400 with what is wrong with <c>limit</c> and <c>cursor</c>.</summary>
    public static async Task<IResult> AnswerAsync<TRow, TJson>(
        HttpRequest request, Func<PageRequest, Task<Page<TRow>>> read, Func<TRow, TJson> map)
    {
        var errors = new Dictionary<string, string[]>();
        var page = PageRequest.Read(request.Query, errors);
        return errors.Count > 0 ? Problems.BadParameters(errors) : TypedResults.Ok((await read(page)).Select(map));
    }

    private sealed record FailureJson(
        Guid Id, DateTimeOffset At, string MessageType, string Code, string Text, Guid? StudyId, Guid? SeriesId, DateTimeOffset? ReplayedAt)
    {
        public static FailureJson Of(Failure f) => new(f.Id, f.At, f.MessageType, f.Code, f.Text, f.StudyId, f.SeriesId, f.ReplayedAt);
    }

    private sealed record WaitingJson(
        string Destination, int Waiting, DateTimeOffset? Since, int Attempts, DateTimeOffset? TriedAt, int? DicomStatus, string? Error)
    {
        public static WaitingJson Of(WaitingDeliveries w) => new(w.Destination, w.Waiting, w.Since, w.Attempts, w.TriedAt, w.Code, w.Error);
    }

    private sealed record CommitmentJson(
        Guid Id, string CallingAe, string TransactionUid, string State, int Instances, int? Missing,
        DateTimeOffset RequestedAt, DateTimeOffset? ReportedAt, int Attempts, string? Error)
    {
        public static CommitmentJson Of(Commitment c) => new(
            c.Id, c.CallingAe, c.TransactionUid, c.State.Word(), c.Instances.Count, c.Missing, c.RequestedAt, c.ReportedAt,
            c.Attempts, c.Error);
    }

    private sealed record AssociationJson(
        Guid Id, string CallingAe, string CalledAe, string RemoteAddress, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt,
        string Outcome, int Announced, int Stored, int Failed)
    {
        public static AssociationJson Of(Association a) => new(
            a.Id, a.CallingAe, a.CalledAe, a.RemoteAddress, a.OpenedAt, a.ClosedAt, a.Outcome.Word(), a.Announced, a.Stored, a.Failed);
    }
}
