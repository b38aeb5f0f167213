using System.Diagnostics.Metrics;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker.Tests.Handlers;

/// <summary>The handler that decides on a study that is complete, with what it needs.</summary>
internal static class Decisions
{
    private static readonly IMeterFactory Meters = new ServiceCollection().AddMetrics().BuildServiceProvider()
        .GetRequiredService<IMeterFactory>();

    /// <summary>As it is unless somebody changes it.</summary>
    public static SampleArchive Archive(TestDatabase database, IObjectStore objects)
    {
        var options = Options.Create(new ArchiveOptions());
        return new(new(options, new(options, database.Data), NullLogger<ArchivePolicy>.Instance), objects, TimeProvider.System);
    }

    public static StudyReceivedHandler Handler(IObjectStore objects) => new(
        new(new(new(ShippedModalities.Table)), objects, TimeProvider.System),
        new(objects, TimeProvider.System, NullLogger<ReceivedNotes>.Instance),
        new(objects, Options.Create(new VerdictOptions()), TimeProvider.System, NullLogger<ReceivedReports>.Instance), Watch(objects),
        NoRejections, TimeProvider.System);

    /// <summary>No deliverer.</summary>
    public static Deliverers Nobody { get; } = new(Options.Create(new DeliveryOptions()), []);

    /// <summary>Where nothing is delivered, nothing is rejected.</summary>
    public static Rejections NoRejections { get; } =
        new(Options.Create(new DeliveryOptions()), Nobody, null!, TimeProvider.System, NullLogger<Rejections>.Instance);

    public static PatientWatch Watch(IObjectStore objects) =>
        new(new(objects), Meters, TimeProvider.System, NullLogger<PatientWatch>.Instance);
}
