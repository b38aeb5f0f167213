using System.Runtime.CompilerServices;

namespace Gateway.TranslationWorker.Tests;

/// <summary>A protocol whose peers take nothing and do not say so until they are let go.</summary>
internal sealed class StallingDeliverer : IDeliverer
{
    public const string Name = "Stalling";

    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private int _underWay;

    public string Protocol => Name;

    public int Most { get; private set; }

    public void LetGo() => _gone.TrySetResult();

    public async IAsyncEnumerable<DeliveryVerdict> DeliverAsync(
        Destination destination, IReadOnlyList<OutgoingInstance> instances, [EnumeratorCancellation] CancellationToken cancel)
    {
        lock (_lock)
            Most = Math.Max(Most, ++_underWay);
        await _gone.Task.WaitAsync(cancel);
        lock (_lock)
            _underWay--;
        foreach (var instance in instances)
            yield return new(instance, DeliveryOutcome.Delivered, 0);
    }
}
