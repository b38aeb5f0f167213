using System.Text.Json;

namespace Gateway.Portal;

/// <summary>What a person or a program wrote into a request that changes something: the page's form, or a JSON body.</summary>
internal static class RequestFields
{
    /// <returns>By name in whatever case; nothing where a field was left empty.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(HttpRequest request)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (request.HasFormContentType)
        {
            foreach (var (name, value) in await request.ReadFormAsync())
                fields[name] = value.ToString();
        }
        else if (request.HasJsonContentType())
        {
            foreach (var (name, value) in await JsonAsync(request))
                fields[name] = value.ToString();
        }
        return fields.Where(field => !string.IsNullOrWhiteSpace(field.Value)).ToDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The id under a name; null when there is none, or none that is one, which is then an error.</summary>
    public static Guid? Id(string name, IReadOnlyDictionary<string, string> fields, Dictionary<string, string[]> errors)
    {
        if (!fields.TryGetValue(name, out var text))
            return null;
        if (Guid.TryParseExact(text, "D", out var id))
            return id;
        errors[name] = ["An id, as the API gives it."];
        return null;
    }

    private static async Task<Dictionary<string, JsonElement>> JsonAsync(HttpRequest request)
    {
        try
        {
            return await request.ReadFromJsonAsync<Dictionary<string, JsonElement>>() ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
