using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using MsOptions = Microsoft.Extensions.Options.Options;

namespace Gateway.TranslationWorker.Tests.Rejection;

/// <summary>When a superseded result is rejected, and where.</summary>
public sealed class RejectionsTests
{
    private const string First = "first";
    private const string Second = "second";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Each_destination_is_told_once_it_has_what_takes_the_old_ones_place(DatabaseProvider provider)
    {
        await using var house = await House.CreateAsync(provider, SeriesState.Delivered);
        var current = await house.AddAsync(SeriesState.Delivering, (First, DeliveryState.Delivered), (Second, DeliveryState.Pending));

        Assert.Equal([$"{First} 113001"], await house.PlanAsync());
        await house.DeliverAsync(current);
        Assert.Equal([$"{First} 113001", $"{Second} 113001"], await house.PlanAsync());
        Assert.Equal([$"{First} 113001", $"{Second} 113001"], await house.PlanAsync());
    }

    [Theory, EachDatabase]
    public async Task A_destination_that_the_new_one_does_not_go_to_is_told_at_once(DatabaseProvider provider)
    {
        await using var house = await House.CreateAsync(provider, SeriesState.Delivered);
        await house.AddAsync(SeriesState.Delivering, (Second, DeliveryState.Pending));

        Assert.Equal([$"{First} 113001"], await house.PlanAsync());
    }

    [Theory, EachDatabase]
    public async Task A_result_without_a_successor_is_rejected_only_when_none_is_under_way(DatabaseProvider provider)
    {
        foreach (var (source, count) in new[]
        {
            (SeriesState.Received, 0), (SeriesState.Queued, 0), (SeriesState.Translating, 0), (SeriesState.Failed, 0),
            (SeriesState.Ineligible, 2), (SeriesState.Held, 2),
        })
        {
            await using var house = await House.CreateAsync(provider, source);
            Assert.Equal((source, count), (source, (await house.PlanAsync()).Count));
        }
    }

    [Theory, EachDatabase]
    public async Task What_was_made_under_another_patient_waits_for_nothing(DatabaseProvider provider)
    {
        await using var house = await House.CreateAsync(provider, SeriesState.Translating, ruledOut: true);
        Assert.Equal([$"{First} 113038", $"{Second} 113038"], await house.PlanAsync());
    }

    [Theory, EachDatabase]
    public async Task What_a_reader_rejects_waits_for_nothing_and_the_note_says_as_the_reader_did(DatabaseProvider provider)
    {
        await using var house = await House.CreateAsync(provider, SeriesState.Translating);
        await house.JudgeAsync(VerdictKind.Rejected, 1, "113037");
        await house.JudgeAsync(VerdictKind.Commented, 2);
        Assert.Equal([$"{First} 113037", $"{Second} 113037"], await house.PlanAsync());
    }

    [Theory, EachDatabase]
    public async Task An_archive_that_sent_the_note_itself_is_not_sent_ours_and_one_that_sent_a_report_is(DatabaseProvider provider)
    {
        await using var house = await House.CreateAsync(provider, SeriesState.Ineligible);
        await house.ReceiveVerdictAsync(First, DicomUID.KeyObjectSelectionDocumentStorage);
        Assert.Equal([$"{Second} 113001"], await house.PlanAsync());
        await using var other = await House.CreateAsync(provider, SeriesState.Ineligible);
        await other.ReceiveVerdictAsync(First, DicomUID.ComprehensiveSRStorage);
        Assert.Equal([$"{First} 113001", $"{Second} 113001"], await other.PlanAsync());
    }

    [Theory, EachDatabase]
    public async Task A_note_of_ours_that_came_back_before_it_was_known_stops_nothing(DatabaseProvider provider)
    {
        await using var house = await House.CreateAsync(provider, SeriesState.Held);
        await house.ReceiveNoteAsync();
        Assert.Empty(await house.PlanAsync());
    }

    [Theory, EachDatabase]
    public async Task What_was_accepted_after_all_is_not_rejected(DatabaseProvider provider)
    {
        await using var house = await House.CreateAsync(provider, SeriesState.Queued);
        await house.JudgeAsync(VerdictKind.Rejected, 1, "113037");
        await house.JudgeAsync(VerdictKind.Accepted, 2);
        Assert.Empty(await house.PlanAsync());
    }

    [Theory, EachDatabase]
    public async Task While_nobody_knows_whose_study_it_is_nothing_is_rejected(DatabaseProvider provider)
    {
        await using var house = await House.CreateAsync(provider, SeriesState.Held);
        await house.ChangeAsync(db => db.Studies.ExecuteUpdateAsync(s => s.SetProperty(x => x.PatientConflict, true), Cancel));
        Assert.Empty(await house.PlanAsync());
        await house.ChangeAsync(db => db.Studies.ExecuteUpdateAsync(
            s => s.SetProperty(x => x.PatientConflict, false).SetProperty(x => x.State, StudyState.Receiving), Cancel));
        Assert.Empty(await house.PlanAsync());
    }

    /// <summary>A study whose received series has a superseded result that two destinations have.</summary>
    private sealed class House(TestDatabase database, Rejections rejections, Study study, Series source) : IAsyncDisposable
    {
        public static async Task<House> CreateAsync(DatabaseProvider provider, SeriesState state, bool ruledOut = false)
        {
            var database = await TestDatabase.CreateAsync(provider);
            var options = new DeliveryOptions { Destinations = [new() { Name = First }, new() { Name = Second }] };
            var study = new Study
            {
                Id = Guid.CreateVersion7(), StudyInstanceUid = "2.25.1002", State = StudyState.Received, Revision = 2,
                FirstReceivedAt = SampleStudy.Received,
            };
            study.Patients.Add(new() { Id = Guid.CreateVersion7(), StudyId = study.Id, PatientId = "P1", RuledOut = ruledOut });
            var source = new Series
            {
                Id = Guid.CreateVersion7(), StudyId = study.Id, SeriesInstanceUid = "2.25.1003", Origin = SeriesOrigin.Received,
                State = state, Revision = 2,
            };
            study.Series.Add(source);
            await using (var db = database.Open())
            {
                db.Studies.Add(study);
                await db.SaveChangesAsync(Cancel);
            }
            var deliverers = new Deliverers(MsOptions.Create(options), [new Caller()]);
            var house = new House(
                database, new(MsOptions.Create(options), deliverers, new FolderObjectStore(database.Data), TimeProvider.System,
                    NullLogger<Rejections>.Instance), study, source);
            await house.AddAsync(SeriesState.Superseded, (First, DeliveryState.Delivered), (Second, DeliveryState.Delivered));
            return house;
        }

        /// <summary>A result of one image.</summary>
        public async Task<Guid> AddAsync(SeriesState state, params (string Destination, DeliveryState State)[] deliveries)
        {
            var file = Derived.DerivedSample.Write(Derived.DerivedSources.Handmade(Shipped.T2ToCt), Shipped.T2ToCt);
            Rendition.Mark([file], state == SeriesState.Superseded ? 1 : 2);
            var bytes = Derived.DerivedSample.Bytes(file);
            var made = new Series
            {
                Id = Guid.CreateVersion7(), StudyId = study.Id, SeriesInstanceUid = file.Dataset.GetString(DicomTag.SeriesInstanceUID),
                Origin = SeriesOrigin.Derived, State = state, DerivedFromSeriesId = source.Id,
            };
            made.Instances.Add(new()
            {
                Id = Guid.CreateVersion7(), SeriesId = made.Id, SopInstanceUid = file.Dataset.GetString(DicomTag.SOPInstanceUID),
                SopClassUid = file.Dataset.GetString(DicomTag.SOPClassUID), TransferSyntaxUid = "1.2.840.10008.1.2.1",
                Sha256 = await ((IObjectStore)new FolderObjectStore(database.Data)).PutAsync(bytes, Cancel), Bytes = bytes.Length,
                ReceivedAt = SampleStudy.Received, StudyPatientId = study.Patients[0].Id,
            });
            await ChangeAsync(db =>
            {
                db.Series.Add(made);
                foreach (var (destination, sent) in deliveries)
                {
                    var row = Persistence.Delivery.Planned(made.Instances[0].Id, destination, SampleStudy.Received);
                    row.State = sent;
                    db.Deliveries.Add(row);
                }
                return Task.CompletedTask;
            });
            return made.Id;
        }

        public Task DeliverAsync(Guid series) => ChangeAsync(db => db.Deliveries.Where(d => d.Instance.SeriesId == series)
            .ExecuteUpdateAsync(d => d.SetProperty(x => x.State, DeliveryState.Delivered), Cancel));

        /// <summary>The note that would be written now, as a received object.</summary>
        public Task ReceiveNoteAsync() => ChangeAsync(async db =>
        {
            var old = await db.Series.Include(s => s.Instances).SingleAsync(s => s.State == SeriesState.Superseded, Cancel);
            using var stream = new FolderObjectStore(database.Data).OpenRead(old.Instances[0].Sha256);
            var note = RejectionNote.Write([DicomFile.Open(stream).Dataset], RejectionTitle.Quality, SampleStudy.Received);
            db.Series.Add(new()
            {
                Id = Guid.CreateVersion7(), StudyId = study.Id, Origin = SeriesOrigin.Received, State = SeriesState.Ineligible,
                SeriesInstanceUid = note.Dataset.GetString(DicomTag.SeriesInstanceUID),
            });
        });

        /// <summary>A reader's rejection that came in a note, by who calls as the destination of that name.</summary>
        public Task ReceiveVerdictAsync(string destination, DicomUID document) => ChangeAsync(async db =>
        {
            var association = new Association
            {
                Id = Guid.CreateVersion7(), CallingAe = "AE-" + destination, CalledAe = "GATEWAY", RemoteAddress = "127.0.0.1",
                OpenedAt = SampleStudy.Received,
            };
            db.Associations.Add(association);
            var note = new Series
            {
                Id = Guid.CreateVersion7(), StudyId = study.Id, Origin = SeriesOrigin.Received, State = SeriesState.Ineligible,
                SeriesInstanceUid = "2.25.78",
            };
            note.Instances.Add(new()
            {
                Id = Guid.CreateVersion7(), SeriesId = note.Id, SopInstanceUid = "2.25.79", SopClassUid = document.UID,
                TransferSyntaxUid = "1.2.840.10008.1.2.1", Sha256 = new('0', 64), Bytes = 1, ReceivedAt = SampleStudy.Received,
                AssociationId = association.Id,
            });
            db.Series.Add(note);
            var old = await db.Series.Where(s => s.State == SeriesState.Superseded).Select(s => s.Id).SingleAsync(Cancel);
            db.ReaderVerdicts.Add(new()
            {
                Id = Guid.CreateVersion7(), SeriesId = old, Kind = VerdictKind.Rejected, At = SampleStudy.Received, By = "Anna",
                Why = "Blurred.", Title = "113001", NoteUid = "2.25.79",
            });
        });

        public Task JudgeAsync(VerdictKind kind, int minute, string? title = null) => ChangeAsync(async db =>
        {
            var old = await db.Series.Where(s => s.State == SeriesState.Superseded).Select(s => s.Id).SingleAsync(Cancel);
            db.ReaderVerdicts.Add(new()
            {
                Id = Guid.CreateVersion7(), SeriesId = old, Kind = kind, At = SampleStudy.Received.AddMinutes(minute), By = "Anna",
                Why = "Blurred.", Title = title,
            });
        });

        /// <returns>Which destinations are sent a note by now, and its title.</returns>
        public async Task<List<string>> PlanAsync()
        {
            await ChangeAsync(db => rejections.PlanAsync(study.Id, db, Cancel));
            await using var db = database.Open();
            var planned = await db.Deliveries.Where(d => d.Instance.Series.Origin == SeriesOrigin.Rejection)
                .Select(d => new { d.Destination, d.Instance.Series.SeriesDescription }).ToListAsync(Cancel);
            Assert.Equal(planned.Count, await db.Outbox.CountAsync(Cancel));
            RejectionTitle[] titles = [RejectionTitle.Quality, RejectionTitle.Safety, RejectionTitle.Worklist];
            return [.. planned.Select(d => $"{d.Destination} {Array.Find(titles, t => t.Meaning == d.SeriesDescription)!.Code}").Order()];
        }

        public async Task ChangeAsync(Func<GatewayDbContext, Task> change)
        {
            await using var db = database.Open();
            await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
            await change(db);
            await db.SaveChangesAsync(Cancel);
            await transaction.CommitAsync(Cancel);
        }

        public ValueTask DisposeAsync() => database.DisposeAsync();
    }

    /// <summary>Destinations call by their names.</summary>
    private sealed class Caller : IDeliverer
    {
        public string Protocol => "CStore";

        public bool IsCaller(Destination destination, string callingAe) => callingAe == "AE-" + destination.Name;

        public IAsyncEnumerable<DeliveryVerdict> DeliverAsync(
            Destination destination, IReadOnlyList<OutgoingInstance> instances, CancellationToken cancel) =>
            AsyncEnumerable.Empty<DeliveryVerdict>();
    }
}
