using System.Runtime.CompilerServices;
using Gateway.DicomNetwork;
using Gateway.Persistence;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>Delivery by STOW-RS (PS3.18 10.5) to a DICOMweb origin server.</summary>
/// <remarks>Holds a buffer and an answer, whatever the number and size of the files.</remarks>
public sealed class StowDeliverer(IOptionsMonitor<StowDestination> peers, TimeProvider time) : IDeliverer
{
    public const string Name = "StowRs";

    private const long Mebibyte = 1 << 20;

    public string Protocol => Name;

    public async IAsyncEnumerable<DeliveryVerdict> DeliverAsync(
        Destination destination, IReadOnlyList<OutgoingInstance> instances, [EnumeratorCancellation] CancellationToken cancel)
    {
        var peer = peers.Get(destination.Name);
        var parts = new List<StowPart>();
        foreach (var instance in instances)
        {
            var (part, unread) = Measure(instance);
            if (part is not null)
                parts.Add(part);
            else
                yield return unread!;
        }

        var queue = new StowQueue(parts, peer.RequestMebibytes * Mebibyte);
        StowAnswer? last = null;
        await foreach (var (request, answer) in AnswersAsync(peer, queue, cancel))
        {
            last = answer;
            foreach (var part in request)
                yield return answer.Of(part.Instance);
        }
        foreach (var instance in queue.Rest)
            yield return new(instance, DeliveryOutcome.AgainLater, Text: last?.Text);
    }

    public async Task<SourceAnswer> AskForSourceAsync(Destination destination, SourceQuestion question, CancellationToken cancel)
    {
        using var sender = new StowSender(peers.Get(destination.Name), time);
        return await sender.FindAsync(question, cancel);
    }

    /// <summary>Each request that is answered for good, until the peer takes nothing now.</summary>
    private async IAsyncEnumerable<(IReadOnlyList<StowPart> Request, StowAnswer Answer)> AnswersAsync(
        StowDestination peer, StowQueue queue, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var sender = new StowSender(peer, time);
        while (queue.Peek() is { Count: > 0 } request)
        {
            var answer = await sender.SendAsync(request, cancel);
            if (answer.Fate is StowFate.Refused or StowFate.Broken && request.Count > 1)
            {
                queue.Halve(request);
                continue;
            }
            queue.Done(request);
            yield return (request, answer);
            if (answer.Fate is StowFate.Broken or StowFate.Away)
                yield break;
        }
    }

    private static (StowPart? Part, DeliveryVerdict? Unread) Measure(OutgoingInstance instance)
    {
        try
        {
            using var file = instance.Open();
            return (new(instance, file.Length), null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (null, WorldFaults.DependencyOf(error) is { } dependency
                ? new(instance, DeliveryOutcome.AgainLater, Text: error.Message) { Away = dependency }
                : new(instance, DeliveryOutcome.Refused, Text: error.Message));
        }
    }
}
