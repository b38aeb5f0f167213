using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker.Tests;

/// <summary>A protocol that the worker does not know: instances become files of a folder. It begins with
/// the last one, answers in numbers of
/// its own, and says nothing of a file that is there already.</summary>
internal sealed class FolderDeliverer(IOptionsMonitor<FolderDestination> folders) : IDeliverer
{
    public const string Name = "Folder";
    public const int Written = 201;
    public const int Locked = 423;
    public const int Gone = 404;

    public string Protocol => Name;

    public async IAsyncEnumerable<DeliveryVerdict> DeliverAsync(
        Destination destination, IReadOnlyList<OutgoingInstance> instances, [EnumeratorCancellation] CancellationToken cancel)
    {
        var folder = folders.Get(destination.Name).Path;
        foreach (var instance in instances.Reverse())
        {
            var path = Path.Combine(folder, instance.SopInstanceUid);
            if (File.Exists(path + ".lock"))
                yield return new(instance, DeliveryOutcome.AgainLater, Locked, "locked");
            else if (!File.Exists(path))
                yield return await WriteAsync(instance, path, cancel);
        }
    }

    private static async Task<DeliveryVerdict> WriteAsync(OutgoingInstance instance, string path, CancellationToken cancel)
    {
        try
        {
            await using var content = instance.Open();
            await using var file = File.Create(path);
            await content.CopyToAsync(file, cancel);
            return new(instance, DeliveryOutcome.Delivered, Written);
        }
        catch (FileNotFoundException)
        {
            return new(instance, DeliveryOutcome.Refused, Gone, "gone");
        }
    }
}
