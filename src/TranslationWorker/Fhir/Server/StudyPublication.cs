using System.Text.Json;
using Gateway.Contracts;
using Gateway.Contracts.Reasons;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>Tells an external FHIR server of studies, as long as it takes. What it refuses for good is parked with a failure that can be
/// replayed.</summary>
internal sealed partial class StudyPublication(
    ServerStudyReader reader, FhirServerWriter writer, IOptions<FhirServerOptions> options, DestinationPause pause, TimeProvider time,
    ILogger<StudyPublication> logger)
{
    /// <summary>What the server is called where destinations are told of.</summary>
    public const string Name = "FHIR server";

    // A few requests that each take their time.
    private static readonly TimeSpan LongestTry = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    /// <summary>Where there is a server, it is to hold this version of our ImagingStudy. The caller saves.</summary>
    public async Task WantAsync(GatewayDbContext db, Guid studyId, int version, CancellationToken cancel)
    {
        if (options.Value.Url is null)
            return;
        var row = await db.FhirPublications.FindAsync([studyId], cancel);
        if (row is not null && row.Wanted == version)
            return;
        var isAsked = row is { State: DeliveryState.Pending };
        if (row is null)
            db.FhirPublications.Add(row = new() { StudyId = studyId });
        row.Wanted = version;
        if (isAsked)
            return;
        (row.State, row.Attempts, row.WaitingSince) = (DeliveryState.Pending, 0, time.GetUtcNow());
        db.Enqueue(new SendToFhirServer { StudyId = studyId }, time);
    }

    /// <returns>How long to wait before it is tried again; null: it need not be.</returns>
    public async Task<TimeSpan?> SendAsync(Guid studyId, GatewayDbContext db, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var waiting = db.FhirPublications.Where(row => row.StudyId == studyId && row.State != DeliveryState.Delivered);
        if (options.Value.Url is null)
        {
            await waiting.ExecuteDeleteAsync(cancel);
            return null;
        }
        if (!await waiting.AnyAsync(cancel))
            return null;
        if (pause.Left(Name) is { } left)
            return left;
        var publication = await db.FhirPublications.SingleAsync(row => row.StudyId == studyId, cancel);
        if (publication.State == DeliveryState.Parked)
            (publication.State, publication.Attempts, publication.WaitingSince) = (DeliveryState.Pending, 0, now);
        var next = await TryAsync(publication, db, cancel);
        publication.TriedAt = time.GetUtcNow();
        return next;
    }

    private async Task<TimeSpan?> TryAsync(FhirPublication publication, GatewayDbContext db, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(LongestTry, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        publication.Attempts++;
        try
        {
            var study = await reader.ReadAsync(db, publication.StudyId, either.Token);
            var id = await writer.WriteAsync(study, publication.ServerId, either.Token);
            CrashPoints.Pass(CrashPoint.BetweenFhirAndRow);
            Done(publication, id);
            return null;
        }
        catch (FhirServerException e)
        {
            return await NotTakenAsync(publication, e, db, cancel);
        }
        catch (FhirResourceException e)
        {
            return await NotTakenAsync(publication, FhirServerException.Refused(e.Message), db, cancel);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return await NotTakenAsync(publication, FhirServerException.Away("the server is too slow"), db, cancel);
        }
    }

    private void Done(FhirPublication publication, string? id)
    {
        publication.State = DeliveryState.Delivered;
        (publication.Held, publication.ServerId) = (publication.Wanted, id ?? publication.ServerId);
        (publication.HttpStatus, publication.Error, publication.PublishedAt) = (null, null, time.GetUtcNow());
        pause.Answered(Name);
        LogSent(publication.StudyId);
    }

    private async Task<TimeSpan?> NotTakenAsync(
        FhirPublication publication, FhirServerException error, GatewayDbContext db, CancellationToken cancel)
    {
        (publication.HttpStatus, publication.Error) = (error.Status, error.Message);
        if (error.IsAway)
            pause.TookNothing(Name, error.Message, publication.WaitingSince, silent: error.Status is null);
        else
            pause.Answered(Name);
        if (error.IsRefusal)
        {
            publication.State = DeliveryState.Parked;
            await NoteParkedAsync(publication, db, cancel);
            return null;
        }
        var next = DeliverySchedule.Pause(publication.Attempts, silent: error.IsAway && error.Status is null);
        return error.RetryAfter is { } asked && asked > next ? asked < LongestPause ? asked : LongestPause : next;
    }

    private async Task NoteParkedAsync(FhirPublication publication, GatewayDbContext db, CancellationToken cancel)
    {
        LogRefused(publication.StudyId, publication.Error!);
        var type = ContractTypes.NameOf(typeof(SendToFhirServer));
        if (await db.Failures.AnyAsync(
            f => f.StudyId == publication.StudyId && f.MessageType == type && f.ReplayedAt == null, cancel))
            return;
        db.Failures.Add(new()
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            MessageType = type,
            Body = JsonSerializer.Serialize(new SendToFhirServer { StudyId = publication.StudyId }, ContractTypes.Json),
            StudyId = publication.StudyId,
            Code = ReasonCode.FhirRefused.Name,
            Text = $"The FHIR server did not take it. {publication.Error}",
            At = time.GetUtcNow(),
        });
    }

    [LoggerMessage(EventId = 2036, Level = LogLevel.Information, Message = "Study {StudyId}: the FHIR server holds it")]
    private partial void LogSent(Guid studyId);

    [LoggerMessage(EventId = 2037, Level = LogLevel.Warning, Message = "Study {StudyId}: the FHIR server refuses it: {Why}")]
    private partial void LogRefused(Guid studyId, string why);
}
