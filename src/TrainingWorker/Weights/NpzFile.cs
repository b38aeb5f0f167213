using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.TrainingWorker.Weights;

/// <summary>NumPy's <c>.npz</c>: a zip of <c>.npy</c> arrays (NEP 1), in C order.</summary>
internal static partial class NpzFile
{
    private const int LongestHeader = 1 << 14;

    public static Dictionary<string, Weight> Read(ZipArchive zip, WeightBudget budget)
    {
        var tensors = new Dictionary<string, Weight>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries.Where(entry => entry.FullName.EndsWith(".npy", StringComparison.Ordinal)))
        {
            using var stream = entry.Open();
            var name = entry.FullName[..^".npy".Length];
            if (!tensors.TryAdd(name, ReadArray(stream, name, budget)))
                throw new InvalidDataException($"{name} is there twice.");
        }
        return tensors.Count > 0 ? tensors : throw new InvalidDataException("A zip without arrays.");
    }

    private static Weight ReadArray(Stream stream, string name, WeightBudget budget)
    {
        var start = new byte[8];
        stream.ReadExactly(start);
        if (start[0] != 0x93 || !start.AsSpan(1).StartsWith("NUMPY"u8))
            throw new InvalidDataException($"{name} is no array.");
        var length = new byte[start[6] == 1 ? 2 : 4];
        stream.ReadExactly(length);
        var size = length.Length == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(length) : BinaryPrimitives.ReadUInt32LittleEndian(length);
        if (size > LongestHeader)
            throw new InvalidDataException($"{name} has a header of {size} bytes.");
        var header = new byte[size];
        stream.ReadExactly(header);
        var match = Header().Match(Encoding.Latin1.GetString(header));
        if (!match.Success)
            throw new InvalidDataException($"{name} has a header, type or order that is not read.");
        var shape = match.Groups["shape"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(word => long.Parse(word, NumberStyles.None, CultureInfo.InvariantCulture)).ToArray();
        return new(shape, Type(match.Groups["type"].Value).Read(stream, budget.Take(name, shape)));
    }

    private static WeightType Type(string descriptor) => descriptor switch
    {
        "<f4" => WeightType.Float32,
        "<f8" => WeightType.Float64,
        "<f2" => WeightType.Float16,
        "<i8" => WeightType.Int64,
        "<i4" => WeightType.Int32,
        _ => WeightType.UInt8,
    };

    [GeneratedRegex(
        @"^\{'descr': '(?<type><f4|<f8|<f2|<i8|<i4|\|u1|\|b1)', 'fortran_order': False, 'shape': \((?<shape>(\d{1,12},? ?)*)\),? ?\}\s*$")]
    private static partial Regex Header();
}
