using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Gateway.FieldCases;

/// <summary><c>gateway run</c> with every role, and dcmtk's storescp as its destination.</summary>
internal sealed class CaseGateway : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly ChildProcess _archive;
    private readonly ChildProcess _gateway;
    private readonly string _program;
    private readonly int _dicomPort;
    private readonly HttpClient _http;

    private CaseGateway(ChildProcess archive, ChildProcess gateway, string program, int dicomPort, Uri url) =>
        (_archive, _gateway, _program, _dicomPort, _http) = (archive, gateway, program, dicomPort, new() { BaseAddress = url });

    public static async Task<CaseGateway> StartAsync(Checkout checkout, string data, CancellationToken cancel)
    {
        var (archive, dicom, url) = (FreePort.Next(), FreePort.Next(), new Uri($"http://127.0.0.1:{FreePort.Next()}"));
        string[] settings =
        [
            $"Dicom:Port={dicom}",
            "Dicom:Completion:ReleasedQuiet=00:00:01",
            "Gateway:Organization=Klinikum Großhadern",
            "Delivery:Destinations:0:Name=pacs",
            "Delivery:Destinations:0:Host=127.0.0.1",
            $"Delivery:Destinations:0:Port={archive}",
            "Delivery:Destinations:0:CalledAe=PACS",
        ];
        var storescp = new ChildProcess("storescp", ["--ignore", "-aet", "PACS", $"{archive}"]);
        storescp.Drain();
        var process = new ChildProcess(
            checkout.Gateway, ["run", "--data", data, "--urls", url.OriginalString, .. settings.SelectMany(s => (string[])["--set", s])]);
        await process.LineAsync("READY", cancel);
        return new(storescp, process, checkout.Gateway, dicom, url);
    }

    /// <summary>Sends the files as they are: another sender would mend what is odd in them. Waits until the study is done.</summary>
    public async Task SendAsync(string folder, CancellationToken cancel)
    {
        using var send = new ChildProcess(_program, ["send", folder, "--port", $"{_dicomPort}"]);
        await send.SucceededAsync(cancel);
        await SettledAsync(StudyOf(folder), cancel);
    }

    public async Task<Outcome> OutcomeAsync(string folder, CancellationToken cancel)
    {
        var uid = StudyOf(folder);
        var study = await _http.GetFromJsonAsync<JsonElement>($"/api/studies/{uid}", cancel);
        var complaints = new List<string>();
        var derived = new List<DicomDataset>();
        var sources = new List<DicomDataset>();
        foreach (var series in study.GetProperty("series").EnumerateArray()
            .Where(s => Text(s, "origin") == "derived" && Text(s, "state") != "superseded"))
            foreach (var instance in series.GetProperty("instances").EnumerateArray())
            {
                derived.Add(await DataSetAsync(Text(instance, "href")!, cancel));
                var source = derived[^1].GetSequence(DicomTag.SourceImageSequence).First()
                    .GetSingleValue<string>(DicomTag.ReferencedSOPInstanceUID);
                sources.Add(await DataSetAsync($"/api/instances/{source}/file", cancel));
            }
        return new()
        {
            State = Text(study, "state")!,
            Series = [.. study.GetProperty("series").EnumerateArray().Select(SeriesOf)],
            Derived = derived,
            Sources = sources,
            PatientConflict = study.TryGetProperty("patientConflict", out var conflict)
                && conflict.ValueKind is not (JsonValueKind.Null or JsonValueKind.False),
            Page = await TextAsync($"/studies/{uid}", complaints, cancel),
            Fhir = await TextAsync($"/fhir/ImagingStudy?identifier=urn:dicom:uid|urn:oid:{uid}", complaints, cancel),
            Complaints = complaints,
        };
    }

    public async Task SaveSheetsAsync(Outcome outcome, string folder, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var pictures = outcome.Series.SelectMany(s => s.Pictures).ToList();
        for (var i = 0; i < pictures.Count; i++)
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{i}.png"), await _http.GetByteArrayAsync(pictures[i], cancel), cancel);
    }

    public void Dispose()
    {
        _http.Dispose();
        _gateway.Dispose();
        _archive.Dispose();
    }

    private async Task<string> TextAsync(string path, List<string> complaints, CancellationToken cancel)
    {
        using var answer = await _http.GetAsync(path, cancel);
        if (answer.StatusCode != HttpStatusCode.OK)
            complaints.Add($"{path.Split('?')[0].Split('/')[1]} answers {(int)answer.StatusCode}.");
        return await answer.Content.ReadAsStringAsync(cancel);
    }

    /// <summary>Settled is a study that looks the same three times, seconds apart, with nothing under way: what is sent later opens it
    /// anew.</summary>
    private async Task SettledAsync(string uid, CancellationToken cancel)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timeout.CancelAfter(Limit);
        using var timer = new PeriodicTimer(Poll);
        for (var (same, last) = (0, ""); same < 3;)
        {
            await timer.WaitForNextTickAsync(timeout.Token);
            using var answer = await _http.GetAsync($"/api/studies/{uid}", timeout.Token);
            var now = answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(timeout.Token) : "";
            var busy = now.Length == 0 || JsonDocument.Parse(now).RootElement is var study
                && (Text(study, "state") is "receiving" or "received" || study.GetProperty("series").EnumerateArray().Any(IsBusy));
            (same, last) = (!busy && now == last ? same + 1 : 0, now);
        }
    }

    private static bool IsBusy(JsonElement series) => Text(series, "state") is "delivering" or "queued" or "translating"
        || Text(series, "origin") == "derived" && Text(series, "state") == "translated";

    private async Task<DicomDataset> DataSetAsync(string path, CancellationToken cancel)
    {
        using var stream = new MemoryStream(await _http.GetByteArrayAsync(path, cancel));
        return DicomFile.Open(stream, FileReadOption.ReadAll).Dataset;
    }

    private static CaseSeries SeriesOf(JsonElement s) => new(
        Text(s, "seriesInstanceUid")!, Text(s, "modality"), Text(s, "origin") == "derived", Text(s, "state")!,
        s.GetProperty("instances").GetArrayLength(),
        [.. s.GetProperty("reasons").EnumerateArray().Select(r => Text(r, "code")!)],
        [.. s.GetProperty("reasons").EnumerateArray().Select(r => Text(r, "text")!)],
        [.. s.GetProperty("setAside").EnumerateArray().Select(r => Text(r, "text")!)],
        [.. s.GetProperty("pictures").EnumerateArray().Select(p => p.GetString()!)]);

    private static string StudyOf(string folder) =>
        DicomFile.Open(Directory.GetFiles(folder).Order(StringComparer.Ordinal).First(), FileReadOption.SkipLargeTags).Dataset
            .GetSingleValue<string>(DicomTag.StudyInstanceUID);

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
