using System.Text.Json;

namespace Gateway.Portal;

/// <summary>JSON that is stored as text, for an answer that is JSON.</summary>
internal static class RawJson
{
    /// <returns>Null where there is none, or none that is JSON.</returns>
    public static JsonElement? Parse(string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) ? null : JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
