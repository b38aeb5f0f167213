using System.Diagnostics.Metrics;
using Gateway.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.TranslationWorker.Tests.Handlers;

/// <summary>The handler that decides on a study that is complete, with what it needs.</summary>
internal static class Decisions
{
    private static readonly IMeterFactory Meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();

    public static StudyReceivedHandler Handler(IObjectStore objects) => new(
        new(new(new(ShippedModalities.Table)), objects, TimeProvider.System), new(Meters, NullLogger<PatientWatch>.Instance), TimeProvider.System);
}
