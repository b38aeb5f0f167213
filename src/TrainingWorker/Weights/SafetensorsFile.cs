using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Weights;

/// <summary>Named tensors in one file: u64 header length, a JSON header of type, shape and offsets, then raw little-endian data (the
/// safetensors format).</summary>
public sealed class SafetensorsFile : IDisposable
{
    private const string MetadataName = "__metadata__";
    private readonly FileStream _file;
    private readonly long _data;
    private readonly JsonObject _header;

    private SafetensorsFile(FileStream file, long data, JsonObject header) => (_file, _data, _header) = (file, data, header);

    /// <summary>Text kept beside the tensors.</summary>
    public IReadOnlyDictionary<string, string> Metadata
        => _header[MetadataName]?.AsObject().ToDictionary(p => p.Key, p => (string)p.Value!) ?? [];

    public IEnumerable<string> Names => _header.Select(p => p.Key).Where(name => name != MetadataName);

    /// <exception cref="InvalidDataException">The file is not in this format.</exception>
    public static SafetensorsFile Open(string path)
    {
        var file = File.OpenRead(path);
        var header = ReadHeader(file);
        return new(file, file.Position, JsonNode.Parse(header)!.AsObject());
    }

    /// <summary>Every tensor of a file that somebody else made.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or has types that are not read.</exception>
    /// <exception cref="JsonException">Its header is damaged.</exception>
    internal static Dictionary<string, Weight> Read(Stream file, WeightBudget budget)
    {
        var header = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(ReadHeader(file))
            ?? throw new InvalidDataException("No header.");
        var data = file.Position;
        var tensors = new Dictionary<string, Weight>(StringComparer.Ordinal);
        foreach (var (name, value) in header.Where(entry => entry.Key != MetadataName))
        {
            if (value.Deserialize<Entry>() is not { Type: { } typeName, Shape: { } shape, Offsets: [var from, var to] })
                throw new InvalidDataException($"{name} lacks type, shape or place.");
            var (type, count) = (TypeOf(typeName), budget.Take(name, shape));
            if (from < 0 || to - from != (long)count * type.Size() || to > file.Length - data)
                throw new InvalidDataException($"{name} has another length than its shape.");
            file.Position = data + from;
            tensors.Add(name, new(shape, type.Read(file, count)));
        }
        return tensors;
    }

    /// <summary>Fills a tensor, wherever it is, from the entry of that name.</summary>
    /// <exception cref="InvalidDataException">There is no such entry, or it has another type or shape.</exception>
    public void CopyTo(string name, Tensor destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var entry = _header[name]?.AsObject() ?? throw new InvalidDataException($"No tensor {name}.");
        var shape = entry["shape"]!.AsArray().Select(d => (long)d!).ToArray();
        if ((string)entry["dtype"]! != TypeName(destination) || !shape.SequenceEqual(destination.shape))
            throw new InvalidDataException(
                $"{name} is {entry["dtype"]} [{string.Join(',', shape)}], expected {TypeName(destination)} [{string.Join(',', destination.shape)}].");
        _file.Position = _data + (long)entry["data_offsets"]![0]!;
        if (destination.device_type == DeviceType.CPU)
        {
            _file.ReadExactly(destination.bytes);
            return;
        }
        using var local = empty(destination.shape, destination.dtype, CPU);
        _file.ReadExactly(local.bytes);
        destination.copy_(local);
    }

    /// <summary>Writes beside <paramref name="path"/>, flushes to disk and renames, so that a reader sees either the old file or the new
    /// one.</summary>
    public static void Write(string path, IEnumerable<(string Name, Tensor Value)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        var list = tensors.ToList();
        var temporary = path + ".part";
        using (var file = File.Create(temporary))
        {
            var header = Header(list, metadata);
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            file.Write(length);
            file.Write(header);
            foreach (var (_, value) in list)
            {
                using var local = value.cpu();
                file.Write(local.bytes);
            }
            file.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
    }

    public void Dispose() => _file.Dispose();

    private static byte[] ReadHeader(Stream file)
    {
        Span<byte> length = stackalloc byte[8];
        file.ReadExactly(length);
        var size = BinaryPrimitives.ReadInt64LittleEndian(length);
        if (size is < 2 or > 1 << 26 || size > file.Length - 8)
            throw new InvalidDataException($"A header of {size} bytes.");
        var header = new byte[size];
        file.ReadExactly(header);
        return header;
    }

    private static WeightType TypeOf(string name) => name switch
    {
        "F32" => WeightType.Float32,
        "F64" => WeightType.Float64,
        "F16" => WeightType.Float16,
        "BF16" => WeightType.BFloat16,
        "I64" => WeightType.Int64,
        "I32" => WeightType.Int32,
        "U8" or "BOOL" => WeightType.UInt8,
        _ => throw new InvalidDataException("A type of tensor that is not read."),
    };

    private sealed record Entry(
        [property: JsonPropertyName("dtype")] string? Type,
        [property: JsonPropertyName("shape")] long[]? Shape,
        [property: JsonPropertyName("data_offsets")] long[]? Offsets);

    private static byte[] Header(List<(string Name, Tensor Value)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var header = new JsonObject
        {
            [MetadataName] = new JsonObject(
            metadata.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)))
        };
        var at = 0L;
        foreach (var (name, value) in tensors)
        {
            var bytes = value.numel() * value.element_size();
            header[name] = new JsonObject
            {
                ["dtype"] = TypeName(value),
                ["shape"] = new JsonArray([.. value.shape.Select(d => (JsonNode)d)]),
                ["data_offsets"] = new JsonArray(at, at += bytes),
            };
            at = (long)header[name]!["data_offsets"]![1]!;
        }
        return JsonSerializer.SerializeToUtf8Bytes(header);
    }

    private static string TypeName(Tensor tensor) => tensor.dtype switch
    {
        ScalarType.Float32 => "F32",
        ScalarType.Int64 => "I64",
        var other => throw new NotSupportedException($"Tensor type {other}."),
    };
}
