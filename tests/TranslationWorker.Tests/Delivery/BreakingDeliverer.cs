using System.Runtime.CompilerServices;

namespace Gateway.TranslationWorker.Tests;

/// <summary>A protocol whose connection breaks at the second image of a series, every time.</summary>
internal sealed class BreakingDeliverer : IDeliverer
{
    public const string Name = "Breaking";

    public string Protocol => Name;

    public async IAsyncEnumerable<DeliveryVerdict> DeliverAsync(
        Destination destination, IReadOnlyList<OutgoingInstance> instances, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.Yield();
        foreach (var instance in instances.TakeWhile(instance => instance.SopInstanceUid != GeneratedObject.Uid(1, 2)))
            yield return new(instance, DeliveryOutcome.Delivered, 0);
    }
}
