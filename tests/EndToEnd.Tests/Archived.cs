using System.Net.Http.Json;
using System.Text.Json;
using Gateway.Testing;

namespace Gateway.EndToEnd.Tests;

/// <summary>What Orthanc, as the gateway's destination, holds of a study.</summary>
/// <param name="Patient">Patient ID under which it lies.</param>
/// <param name="Number">Series Number.</param>
/// <param name="Images">SOP Instance UIDs.</param>
internal sealed record Archived(string Patient, string Modality, int Number, string Description, IReadOnlyList<string> Images)
{
    /// <summary>Settings of a gateway that delivers there.</summary>
    public static Dictionary<string, string> At(OrthancServer orthanc) => new()
    {
        ["Delivery__Destinations__0__Name"] = "orthanc",
        ["Delivery__Destinations__0__Protocol"] = "CStore",
        ["Delivery__Destinations__0__Host"] = orthanc.Host,
        ["Delivery__Destinations__0__Port"] = $"{orthanc.DicomPort}",
        ["Delivery__Destinations__0__CalledAe"] = orthanc.AeTitle,
    };

    /// <summary>Its series, by number.</summary>
    public static async Task<List<Archived>> SeriesAsync(OrthancServer orthanc, string studyUid)
    {
        var found = new List<Archived>();
        foreach (var series in await orthanc.FindAsync("Series", "StudyInstanceUID", studyUid))
        {
            var (one, patient, images) = (
                await GetAsync(orthanc, $"/series/{series}"), await GetAsync(orthanc, $"/series/{series}/patient"),
                await GetAsync(orthanc, $"/series/{series}/instances"));
            var tags = one.GetProperty("MainDicomTags");
            found.Add(new(
                Text(patient.GetProperty("MainDicomTags"), "PatientID"), Text(tags, "Modality"),
                int.TryParse(Text(tags, "SeriesNumber"), out var number) ? number : 0, Text(tags, "SeriesDescription"),
                [.. images.EnumerateArray().Select(image => Text(image.GetProperty("MainDicomTags"), "SOPInstanceUID"))]));
        }
        return [.. found.OrderBy(s => s.Number)];
    }

    /// <summary>The title of a rejection note, and the SOP Instance UIDs that it rejects, sorted.</summary>
    public static async Task<(string Title, string Images)> RejectedAsync(OrthancServer orthanc, Archived note)
    {
        var id = Assert.Single(await orthanc.FindAsync("Instance", "SOPInstanceUID", Assert.Single(note.Images)));
        var tags = await GetAsync(orthanc, $"/instances/{id}/tags?simplify");
        var images = tags.GetProperty("CurrentRequestedProcedureEvidenceSequence").EnumerateArray()
            .SelectMany(study => study.GetProperty("ReferencedSeriesSequence").EnumerateArray())
            .SelectMany(series => series.GetProperty("ReferencedSOPSequence").EnumerateArray())
            .Select(image => image.GetProperty("ReferencedSOPInstanceUID").GetString()!);
        return (tags.GetProperty("ConceptNameCodeSequence")[0].GetProperty("CodeValue").GetString()!,
            string.Join(' ', images.Order(StringComparer.Ordinal)));
    }

    private static string Text(JsonElement tags, string name) => tags.TryGetProperty(name, out var value) ? value.GetString()! : "";

    private static Task<JsonElement> GetAsync(OrthancServer orthanc, string path) =>
        orthanc.Http.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);
}
