using System.Globalization;
using System.Text;
using CsCheck;
using Gateway.DicomNetwork;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.DicomListener.Tests;

/// <summary>The way that knows a series and the way that reads everything write the same rows, whatever arrives.</summary>
public sealed class InstanceWriterTests
{
    private const int Associations = 3;
    private const int Runs = 30;

    private const string RuledOut = "RULED-OUT";

    private static readonly DateTimeOffset Start = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Few studies and series; of the images most are new, some have come before, in the same bytes
    /// or others, here or elsewhere.</summary>
    private static readonly Gen<Arrival> AnyArrival = Gen.Select(
        Gen.Int[0, Associations - 1], Gen.Int[0, 1], Gen.Int[0, 1], Gen.Frequency((1, Gen.Int[0, 3]), (9, Gen.Int[4, 100_000])),
        Gen.Frequency((4, Gen.Const(0)), (1, Gen.Const(1))), Gen.Int[0, 4], Gen.Frequency((9, Gen.Const(0)), (1, Gen.Int[1, 3])),
        (association, study, series, image, bytes, expected, patient) => new Arrival(
            association, study, series, image, bytes, expected, patient));

    private static readonly Gen<Step[]> Steps =
        Gen.Select(Gen.Int[0, 4], AnyArrival.Array[1, 3], (completes, batch) => new Step(completes == 0, batch)).Array[5, 20];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Known_or_read_anew_what_arrives_leaves_the_same_rows(DatabaseProvider provider)
    {
        await using var first = await TestDatabase.CreateAsync(provider);
        await using var second = await TestDatabase.CreateAsync(provider);
        var (written, known) = (0, 0);

        await Steps.SampleAsync(
            async steps =>
            {
                await using var writer = new InstanceWriter(first.Contexts, new FolderObjectStore(first.Data));
                var expected = await RowsAfterAsync(second, steps, async batch =>
                {
                    await using var db = second.Open();
                    await InstanceBatch.WriteAsync(db, new FolderObjectStore(second.Data), batch);
                });
                var rows = await RowsAfterAsync(first, steps, async batch => known += await writer.WriteAsync(batch) ? 1 : 0);

                Assert.Equal(expected, rows);
                written += steps.Length;
            },
            iter: Runs, threads: 1);

        Assert.InRange(known, written / 10, written * 9 / 10);    // both ways were gone
    }

    private static async Task<List<string>> RowsAfterAsync(
        TestDatabase database, Step[] steps, Func<IReadOnlyList<ReceivedInstance>, Task> writeAsync)
    {
        var time = new FakeTimeProvider(Start);
        await ClearAsync(database);
        var arrivals = new Arrivals(database, time);
        var associations = new List<Guid>();
        for (var number = 0; number < Associations; number++)
            associations.Add(await arrivals.OpenAsync($"SCANNER-{number}"));

        foreach (var step in steps)
        {
            if (step.CompletesBefore)
                await CompleteAsync(database);
            await writeAsync([.. step.Batch.Select(arrival =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return arrival.Received(associations[arrival.Association], time.GetUtcNow());
            })]);
        }

        await using var db = database.Open();
        return await WrittenRows.ReadAsync(db);
    }

    private static async Task ClearAsync(TestDatabase database)
    {
        await using var db = database.Open();
        await db.AssociationStudies.ExecuteDeleteAsync(Cancel);
        await db.Instances.ExecuteDeleteAsync(Cancel);
        await db.Series.ExecuteDeleteAsync(Cancel);
        await db.StudyPatients.ExecuteDeleteAsync(Cancel);
        await db.Studies.ExecuteDeleteAsync(Cancel);
        await db.Associations.ExecuteDeleteAsync(Cancel);
    }

    /// <summary>A person was there, too.</summary>
    private static async Task CompleteAsync(TestDatabase database)
    {
        await using var db = database.Open();
        await db.StudyPatients.Where(p => p.PatientId == RuledOut)
            .ExecuteUpdateAsync(patient => patient.SetProperty(x => x.RuledOut, true), Cancel);
        await db.Studies.ExecuteUpdateAsync(study => study.SetProperty(x => x.State, StudyState.Received), Cancel);
        await db.Series.ExecuteUpdateAsync(series => series.SetProperty(x => x.State, SeriesState.Received), Cancel);
    }

    private sealed record Step(bool CompletesBefore, Arrival[] Batch);

    /// <param name="Bytes">Which of two contents the image comes with.</param>
    /// <param name="Expected">How many images its study has, as its sender says; 0: it does not say.</param>
    /// <param name="Patient">0: the study's; 1: another; 2: the study's, spelled otherwise; 3: one that a person ruled out.</param>
    private sealed record Arrival(int Association, int Study, int Series, int Image, int Bytes, int Expected, int Patient)
    {
        public ReceivedInstance Received(Guid association, DateTimeOffset at) => new()
        {
            AssociationId = association,
            Header = new(Elements().ToDictionary(pair => pair.Tag, pair => Encoding.ASCII.GetBytes(pair.Value)), false, null, null, false),
            TransferSyntaxUid = TransferSyntaxes.ExplicitLittleEndian,
            Sha256 = $"{Image:x32}{Bytes:x32}",
            Bytes = 1_000 + Bytes,
            At = at,
            ExpectedInStudy = Expected == 0 ? null : Expected,
        };

        private IEnumerable<(HeaderTag Tag, string Value)> Elements() =>
        [
            (HeaderTag.SopClassUid, GeneratedObject.MrImageStorage),
            (HeaderTag.SopInstanceUid, $"2.25.3.{Image}"),
            (HeaderTag.StudyInstanceUid, $"2.25.1.{Study}"),
            (HeaderTag.SeriesInstanceUid, $"2.25.2.{Series}"),
            (HeaderTag.PatientId, Patient switch { 1 => "OTHER", 3 => RuledOut, _ => $"P{Study}" }),
            (HeaderTag.PatientName, Patient == 2 ? "Doe^J" : "DOE^JOHN"),
            (HeaderTag.Modality, "MR"),
            (HeaderTag.SeriesNumber, Series.ToString(CultureInfo.InvariantCulture)),
            (HeaderTag.InstanceNumber, Image.ToString(CultureInfo.InvariantCulture)),
        ];
    }
}
