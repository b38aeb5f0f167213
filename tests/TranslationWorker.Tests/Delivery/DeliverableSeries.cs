using Gateway.DicomNetwork;
using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.TranslationWorker.Tests;

/// <summary>A derived series as it waits to be delivered: objects stored, a row for each instance and destination.</summary>
internal sealed class DeliverableSeries
{
    private DeliverableSeries(TestDatabase database, IObjectStore objects) => (Database, Objects) = (database, objects);

    public static Guid Id => SampleStudy.Id(3);

    public TestDatabase Database { get; }

    public IObjectStore Objects { get; }

    public static async Task<DeliverableSeries> CreateAsync(TestDatabase database, int instances, params string[] destinations)
    {
        var made = new DeliverableSeries(database, new FolderObjectStore(database.Data));
        var study = SampleStudy.Create(withDerived: false);
        var series = new Series
        {
            Id = Id,
            StudyId = study.Id,
            SeriesInstanceUid = GeneratedObject.Uid(1, 0),
            Origin = SeriesOrigin.Derived,
            State = SeriesState.Delivering,
            DerivedFromSeriesId = study.Series[0].Id,
        };
        await using var db = database.Open();
        for (var number = 1; number <= instances; number++)
        {
            var bytes = GeneratedObject.File(TransferSyntaxes.ExplicitLittleEndian, number);
            var instance = Instance(series.Id, number, await made.Objects.PutAsync(bytes), bytes.Length);
            series.Instances.Add(instance);
            db.Deliveries.AddRange(destinations.Select(name =>
                new Persistence.Delivery
                {
                    Id = Guid.CreateVersion7(),
                    InstanceId = instance.Id,
                    Destination = name,
                    WaitingSince = SampleStudy.Received,
                }));
        }
        study.Series.Add(series);
        db.Studies.Add(study);
        await db.SaveChangesAsync();
        return made;
    }

    /// <summary>The store lost the bytes of one instance.</summary>
    public void Lose(int number)
    {
        using var db = Database.Open();
        File.Delete(ObjectFile.Of(Database.Data, db.Instances.Single(i => i.SeriesId == Id && i.InstanceNumber == number).Sha256));
    }

    private static Instance Instance(Guid seriesId, int number, string sha256, int bytes) => new()
    {
        Id = Guid.CreateVersion7(),
        SeriesId = seriesId,
        SopInstanceUid = GeneratedObject.Uid(1, number),
        SopClassUid = GeneratedObject.MrImageStorage,
        TransferSyntaxUid = TransferSyntaxes.ExplicitLittleEndian,
        InstanceNumber = number,
        Sha256 = sha256,
        Bytes = bytes,
        ReceivedAt = SampleStudy.Received,
    };
}
