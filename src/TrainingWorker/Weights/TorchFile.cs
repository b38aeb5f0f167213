using System.Buffers.Binary;
using System.IO.Compression;

namespace Gateway.TrainingWorker.Weights;

/// <summary>A state dict that <c>torch.save</c> wrote: as a zip (since PyTorch 1.6), or as pickles one after another with the storages
/// behind them.</summary>
/// <remarks>Why not with TorchSharp.PyBridge: docs/decisions/0012-weight-files-by-our-own-readers.md.</remarks>
internal static class TorchFile
{
    private const long LegacyVersion = 1001;
    private const int LargestPickle = 1 << 26;

    /// <summary>Pickle protocol 2 and the magic number 0x1950a86a20f9469cfc6c, with which the older layout starts.</summary>
    public static ReadOnlySpan<byte> LegacyStart => [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

    public static Dictionary<string, Weight> ReadZip(ZipArchive zip, ZipArchiveEntry pickle, WeightBudget budget)
    {
        if (pickle.Length > LargestPickle)
            throw new InvalidDataException($"A pickle of {pickle.Length} bytes.");
        var folder = pickle.FullName[..^pickle.Name.Length];
        if (zip.GetEntry(folder + "byteorder") is { } order && Text(order) != "little")
            throw new InvalidDataException("Another byte order than little-endian.");
        object? root;
        using (var stream = new BufferedStream(pickle.Open()))
            root = new PickleReader(stream).Read();
        return Weights(root, budget, storage => zip.GetEntry($"{folder}data/{storage.Key}")?.Open() ?? throw Absent(storage));
    }

    public static Dictionary<string, Weight> ReadLegacy(FileStream file, WeightBudget budget)
    {
        file.Position = LegacyStart.Length + 1; // and its STOP
        if (new PickleReader(file).Read() is not LegacyVersion)
            throw new InvalidDataException("Another version of the older layout than 1001.");
        if (new PickleReader(file).Read() is not Dictionary<object, object?> machine
            || machine.GetValueOrDefault("little_endian") is not true)
            throw new InvalidDataException("Another byte order than little-endian.");
        var reader = new PickleReader(file);
        var root = reader.Read();
        var keys = new PickleReader(file).Read() as List<object?> ?? throw new InvalidDataException("No list of storages.");
        var places = new Dictionary<string, long>(StringComparer.Ordinal);
        var length = new byte[8];
        foreach (var key in keys)
        {
            if (key is not string name || !reader.Storages.TryGetValue(name, out var storage))
                throw new InvalidDataException("A storage that no tensor names.");
            file.ReadExactly(length);
            if (BinaryPrimitives.ReadInt64LittleEndian(length) != storage.Count)
                throw new InvalidDataException($"Storage {name} has another length than its tensors say.");
            places[name] = file.Position;
            file.Seek(storage.Count * storage.Type.Size(), SeekOrigin.Current);
        }
        return Weights(root, budget, storage => places.TryGetValue(storage.Key, out var place) ? At(file, place) : throw Absent(storage));
    }

    private static Dictionary<string, Weight> Weights(object? root, WeightBudget budget, Func<TorchStorage, Stream> open)
    {
        // A training checkpoint has the state dict among other things.
        if (root is Dictionary<object, object?> outer
            && (outer.GetValueOrDefault("state_dict") ?? outer.GetValueOrDefault("model")) is Dictionary<object, object?> inner)
            root = inner;
        if (root is not Dictionary<object, object?> entries)
            throw new InvalidDataException("The pickle is no state dict.");
        var tensors = new Dictionary<string, Weight>(StringComparer.Ordinal);
        foreach (var (key, value) in entries)
            if (key is string name && value is TorchTensor tensor)
                tensors[name] = ReadTensor(name, tensor, budget, open);
        return tensors.Count > 0 ? tensors : throw new InvalidDataException("The state dict has no tensors.");
    }

    private static Weight ReadTensor(string name, TorchTensor tensor, WeightBudget budget, Func<TorchStorage, Stream> open)
    {
        var count = budget.Take(name, tensor.Shape);
        tensor.Check(name, count);
        var stream = open(tensor.Storage);
        try
        {
            if (!tensor.IsContiguous)
                return new(tensor.Shape, tensor.Gather(tensor.Storage.Type.Read(stream, budget.Take(name, [tensor.Storage.Count])), count));
            Skip(stream, tensor.Offset * tensor.Storage.Type.Size());
            return new(tensor.Shape, tensor.Storage.Type.Read(stream, count));
        }
        finally
        {
            if (stream is not FileStream) // the older layout reads one file
                stream.Dispose();
        }
    }

    private static InvalidDataException Absent(TorchStorage storage) => new($"Storage {storage.Key} is not there.");

    private static FileStream At(FileStream file, long place)
    {
        file.Position = place;
        return file;
    }

    private static void Skip(Stream stream, long bytes)
    {
        var block = new byte[1 << 14];
        for (; bytes > 0; bytes -= Math.Min(bytes, block.Length))
            stream.ReadExactly(block.AsSpan(0, (int)Math.Min(bytes, block.Length)));
    }

    private static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        var text = new char[16];
        return new string(text, 0, reader.ReadBlock(text)).Trim();
    }
}
