using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Gateway.TranslationWorker.Tests;

/// <summary>Writers of one study that know nothing of each other, as gateways of several sites would be.</summary>
internal static class TwentyWriters
{
    /// <summary>One request in five fails: refused, answered with a fault, cut, or taken though the answer is lost. There are rows of
    /// requests long enough for a writer to come through.</summary>
    public static Func<HttpRequest, FhirTestFault?> Faults()
    {
        var turn = 0;
        return request => (Interlocked.Increment(ref turn) % 29) switch
        {
            3 => new(500),
            6 => new(409),
            9 => new(null, IsTaken: true),
            12 => new(503, IsTaken: true),
            14 => new(),
            > 9 and < 19 when request.Method == "PUT" => new(412),
            _ => null,
        };
    }

    /// <summary>Tries until the server has it, as message after message would.</summary>
    public static async Task WriteAsync(FhirGateway gateway, ServerStudy study)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await gateway.Service<FhirServerWriter>().WriteAsync(study, known: null, TestContext.Current.CancellationToken);
                return;
            }
            catch (FhirServerException e) when (!e.IsRefusal && tries < 100)
            {
                // The next try finds what this one left.
            }
        }
    }

    /// <summary>The sample with a synthetic series of another UID.</summary>
    public static ServerStudy Of(ServerStudy sample, int number) => sample with
    {
        Study = Renamed(sample.Study, number),
        Records =
        [
            .. sample.Records.Select(one => new FhirServerCompanions.Once(Renamed(one.Resource, number), Renamed(one.Search, number))),
        ],
        Made = new HashSet<string> { $"2.25.{number}" },
    };

    private static JsonObject Renamed(JsonObject json, int number) => JsonNode.Parse(Renamed(json.ToJsonString(), number))!.AsObject();

    private static string Renamed(string text, int number) =>
        text.Replace(SampleStudy.DerivedUid, $"2.25.{number}", StringComparison.Ordinal);
}
