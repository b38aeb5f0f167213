using System.Runtime.CompilerServices;
using Gateway.DicomNetwork;
using Gateway.Persistence;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>Delivery by C-STORE (PS3.4 Annex B), with storage commitment (PS3.4 Annex J) where a destination offers it.</summary>
public sealed partial class CStoreDeliverer(
    IOptionsMonitor<CStoreDestination> peers, TimeProvider time, ILogger<CStoreDeliverer> logger) : IDeliverer
{
    public const string Name = "CStore";

    /// <summary>How long to wait for a report on the same association. Archives that report there do so at once.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(3);

    public string Protocol => Name;

    public bool IsCaller(Destination destination, string callingAe) => peers.Get(destination.Name).CalledAe == callingAe;

    public async IAsyncEnumerable<DeliveryVerdict> DeliverAsync(
        Destination destination, IReadOnlyList<OutgoingInstance> instances, [EnumeratorCancellation] CancellationToken cancel)
    {
        var waiting = instances.ToDictionary(instance => new Part10Source(instance.SopInstanceUid, instance.Open));
        DicomNetworkException? lost = null;
        await using var results = StoreAsync(peers.Get(destination.Name), [.. waiting.Keys], cancel).GetAsyncEnumerator(cancel);
        while (await NextAsync() is { } result)
        {
            waiting.Remove(result.Source, out var instance);
            yield return result.Unread is { } error && WorldFaults.DependencyOf(error) is { } dependency
                ? new(instance!, DeliveryOutcome.AgainLater, null, result.Error) { Away = dependency }
                : new(instance!, CStoreStatus.OutcomeOf(result.Status), result.Status, result.Error);
        }
        foreach (var instance in waiting.Values)
            yield return new(instance, DeliveryOutcome.AgainLater, null, lost?.Message);

        async ValueTask<StoreResult?> NextAsync()
        {
            try
            {
                return await results.MoveNextAsync() ? results.Current : null;
            }
            catch (DicomNetworkException error)
            {
                lost = error;
                return null;
            }
        }
    }

    public async Task<SourceAnswer> AskForSourceAsync(Destination destination, SourceQuestion question, CancellationToken cancel)
    {
        try
        {
            var series = question.SeriesInstanceUid is { } uid ? Uid.Parse(uid) : (Uid?)null;
            var outcome = await peers.Get(destination.Name).Client(time)
                .HasAsync(new(Uid.Parse(question.StudyInstanceUid), series), cancel);
            return outcome.Status == DimseStatus.Success ? new(outcome.IsFound) : new(null, outcome.Status, outcome.Error);
        }
        catch (DicomNetworkException error)
        {
            return new(null, Text: error.Message);
        }
    }

    public string? NewCommitment(Destination destination) =>
        peers.Get(destination.Name).StorageCommitment ? Uid.Of(Guid.CreateVersion7(time.GetUtcNow())).Value : null;

    public async Task<CommitmentAnswer> AskToCommitAsync(
        Destination destination, string transactionUid, IReadOnlyList<OutgoingInstance> instances, CancellationToken cancel)
    {
        var asked =
            instances.Select(instance => new SopReference(Uid.Parse(instance.SopClassUid), Uid.Parse(instance.SopInstanceUid))).ToList();
        try
        {
            var outcome = await peers.Get(destination.Name).Client(time)
                .RequestCommitmentAsync(new(Uid.Parse(transactionUid), asked), Wait, cancel);
            LogAsked(destination.Name, instances.Count, outcome.Status, outcome.Result is not null);
            return CStoreStatus.OutcomeOf(outcome.Status) switch
            {
                DeliveryOutcome.AgainLater => new(IsAsked: false, $"The destination answered {outcome.Status:X4}."),
                DeliveryOutcome.Refused => new(IsAsked: true, outcome.Error) { Denied = outcome.Status },
                _ => new(IsAsked: true, outcome.Error) { Kept = Kept(outcome.Result), Refused = Refused(outcome.Result) },
            };
        }
        catch (DicomNetworkException error)
        {
            return new(IsAsked: false, error.Message);
        }
    }

    /// <summary>TLS options that cannot be used fail here, with the first result, in the same way as a peer that cannot be
    /// reached.</summary>
    private async IAsyncEnumerable<StoreResult> StoreAsync(
        CStoreDestination peer, IReadOnlyList<Part10Source> sources, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var result in peer.Client(time).StoreAsync(sources, cancel))
            yield return result;
    }

    private static HashSet<string> Kept(CommitmentResult? report) =>
        [.. report?.Kept.Select(instance => instance.SopInstanceUid.Value) ?? []];

    private static Dictionary<string, int> Refused(CommitmentResult? report) => report is null
        ? []
        : report.Failed.DistinctBy(failed => failed.Instance.SopInstanceUid)
            .ToDictionary(failed => failed.Instance.SopInstanceUid.Value, failed => (int)failed.Reason);

    [LoggerMessage(
        EventId = 2004, Level = LogLevel.Information,
        Message = "{Destination}, asked to keep {Count} instances safe, answered {Status}; reported at once: {Reported}")]
    private partial void LogAsked(string destination, int count, ushort status, bool reported);
}
