using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Gateway.Persistence;

/// <summary>Figures by name as one JSON object. Not-a-number is kept, as a string.</summary>
internal sealed class MeasuresConverter() : ValueConverter<Dictionary<string, double>, string>(
    measures => JsonSerializer.Serialize(measures, Json), json => JsonSerializer.Deserialize<Dictionary<string, double>>(json, Json)!)
{
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
}
