using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gateway.Cli;

/// <summary>The single JSON object that a verb writes at the end under <c>--json</c>.</summary>
internal static class JsonLine
{
    private static readonly JsonSerializerOptions Options = new(
        JsonSerializerDefaults.Web)
    { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, Options));
}
