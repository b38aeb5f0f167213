using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Google.Protobuf;

namespace Gateway.TrainingWorker.Weights;

/// <summary>Named tensors from a file that somebody else made: safetensors, a PyTorch state dict (<c>.pth</c>, both layouts),
/// <c>.npz</c>, or the initialisers of an ONNX model. What it is, its bytes say, not its name.</summary>
/// <param name="Sha256">Digest of the file, lower-case hex.</param>
public sealed record WeightFile(string Sha256, IReadOnlyDictionary<string, Weight> Tensors)
{
    private const long LargestFile = 4L << 30;

    /// <summary>Reads the whole file into memory.</summary>
    /// <exception cref="InvalidDataException">It is none of these, is damaged, asks for what we do not read, or is larger than
    /// 4 GiB.</exception>
    public static WeightFile Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        if (file.Length > LargestFile)
            throw new InvalidDataException($"{path}: {file.Length} bytes are more than a weight file has.");
        var digest = Convert.ToHexStringLower(SHA256.HashData(file));
        file.Position = 0;
        try
        {
            return new(digest, ReadTensors(file));
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or JsonException or InvalidProtocolBufferException
            or OverflowException or FormatException)
        {
            throw new InvalidDataException($"{path} cannot be read as weights: {e.Message}", e);
        }
    }

    private static Dictionary<string, Weight> ReadTensors(FileStream file)
    {
        var start = new byte[16];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        var budget = new WeightBudget(file.Length);
        if (length > 8 && start[8] == '{' && BinaryPrimitives.ReadInt64LittleEndian(start) < file.Length)
            return SafetensorsFile.Read(file, budget);
        if (start.AsSpan().StartsWith("PK\x03\x04"u8))
            return FromZip(file, budget);
        if (start.AsSpan().StartsWith(TorchFile.LegacyStart))
            return TorchFile.ReadLegacy(file, budget);
        return OnnxFile.Read(file, budget);
    }

    private static Dictionary<string, Weight> FromZip(FileStream file, WeightBudget budget)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        var pickle = zip.Entries.FirstOrDefault(entry => entry.Name == "data.pkl");
        return pickle is null ? NpzFile.Read(zip, budget) : TorchFile.ReadZip(zip, pickle, budget);
    }
}
