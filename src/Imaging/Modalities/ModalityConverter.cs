using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.Imaging.Modalities;

/// <summary>A modality in JSON is its name: <c>"T2"</c>. Either case is read.</summary>
internal sealed class ModalityConverter : JsonConverter<Modality>
{
    public override Modality Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return Modality.Parse(reader.GetString() ?? "");
        }
        catch (FormatException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    public override void Write(Utf8JsonWriter writer, Modality value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
}
