using System.Text.Json;
using Gateway.Contracts;

namespace Gateway.Persistence;

/// <summary>The series that a message is about, and the events that happen to them when the message is given up on or replayed.</summary>
public sealed record StageOfWork(IQueryable<Series> Series, SeriesEvent GivenUp, SeriesEvent Replayed)
{
    /// <summary>Null for a message that no state depends on, or that cannot be read.</summary>
    public static StageOfWork? Of(GatewayDbContext db, string messageType, string body) =>
        Read(messageType, body) switch
        {
            StudyReceived m => new(
                db.Series.Where(s => s.StudyId == m.StudyId && s.Revision == m.Revision), SeriesEvent.DecisionGivenUp,
                SeriesEvent.DecisionReplayed),
            TranslateSeries m => Translation(db, m.SeriesId, m.Revision),
            SeriesReleased m => Translation(db, m.SeriesId, m.Revision),
            SeriesTranslated m => new(
                db.Series.Where(s => s.Id == m.SeriesId && db.Series.Any(d => d.Id == m.DerivedSeriesId && d.Revision == s.Revision)),
                SeriesEvent.AnnouncementGivenUp, SeriesEvent.AnnouncementReplayed),
            DeliverSeries m => Delivery(db, m.SeriesId),
            SeriesSent m => Delivery(db, m.SeriesId),
            _ => null,
        };

    /// <returns>Null: this version has no such message, or not in this form.</returns>
    public static object? Read(string messageType, string body)
    {
        try
        {
            return ContractTypes.All.TryGetValue(messageType, out var type)
                ? JsonSerializer.Deserialize(body, type, ContractTypes.Json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static StageOfWork Translation(GatewayDbContext db, Guid series, int revision) => new(
        db.Series.Where(s => s.Id == series && s.Revision == revision), SeriesEvent.TranslationGivenUp, SeriesEvent.TranslationReplayed);

    private static StageOfWork Delivery(GatewayDbContext db, Guid series) => new(
        db.Series.Where(s => s.Id == series), SeriesEvent.DeliveryGivenUp, SeriesEvent.DeliveryReplayed);
}
