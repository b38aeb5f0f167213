using System.Diagnostics.Metrics;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker.Tests.Drift;

/// <summary>What a dashboard is told of readers.</summary>
public sealed class ReaderGaugeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Results_are_counted_by_model_direction_and_what_readers_said_last(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using (var db = database.Open())
        {
            var study = SampleStudy.Create(withDerived: false);
            study.Series.Add(Made(study, 1));
            study.Series.Add(Made(study, 2, VerdictKind.Rejected));
            study.Series.Add(Made(study, 3, VerdictKind.Rejected, VerdictKind.Accepted, VerdictKind.Commented));
            study.Series.Add(Made(study, 4, VerdictKind.Commented));
            db.Studies.Add(study);
            await db.SaveChangesAsync(Cancel);
        }
        using var meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = meters.GetRequiredService<IMeterFactory>();
        using var watch = new DriftWatch(
            new(database.Contexts, Options.Create(new DriftOptions()), TimeProvider.System), factory, TimeProvider.System,
            NullLogger<DriftWatch>.Instance);

        await watch.LookAsync(Cancel);

        Assert.Equal(["t2-ct unet 1 accepted 1", "t2-ct unet 1 none 2", "t2-ct unet 1 rejected 1"], Read(factory));
    }

    private static List<string> Read(IMeterFactory factory)
    {
        var seen = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "gateway_reader_results" && instrument.Meter.Scope == factory)
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((_, value, tags, _) =>
        {
            var said = new Dictionary<string, object?>(tags.ToArray());
            seen.Add($"{said["direction"]} {said["model"]} {said["verdict"]} {value}");
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return [.. seen.Order(StringComparer.Ordinal)];
    }

    private static Series Made(Study study, int number, params VerdictKind[] said)
    {
        var made = new Series
        {
            Id = Guid.CreateVersion7(), StudyId = study.Id, SeriesInstanceUid = $"2.25.8{number}", Origin = SeriesOrigin.Derived,
            State = SeriesState.Delivered, Direction = "t2-ct", ModelDigest = new('a', 64), ModelName = "unet 1",
            DerivedFromSeriesId = SampleStudy.Id(2), CreatedAt = TimeProvider.System.GetUtcNow(),
        };
        for (var i = 0; i < said.Length; i++)
            made.Verdicts.Add(new()
            {
                Id = Guid.CreateVersion7(), SeriesId = made.Id, Kind = said[i], At = SampleStudy.Received.AddMinutes(i), By = "Anna",
                Why = "So.",
            });
        return made;
    }
}
