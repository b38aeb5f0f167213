using System.Buffers.Binary;

namespace Gateway.TrainingWorker.Weights;

/// <summary>How a number is stored in a weight file, little-endian.</summary>
internal enum WeightType
{
    Float32,
    Float64,
    Float16,
    BFloat16,
    Int64,
    Int32,
    UInt8,
}

internal static class WeightTypes
{
    public static int Size(this WeightType type) => type switch
    {
        WeightType.Float64 or WeightType.Int64 => 8,
        WeightType.Float32 or WeightType.Int32 => 4,
        WeightType.Float16 or WeightType.BFloat16 => 2,
        _ => 1,
    };

    /// <summary>Reads the next numbers of a stream.</summary>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    public static float[] Read(this WeightType type, Stream stream, int count)
    {
        var values = new float[count];
        var size = type.Size();
        var block = new byte[Math.Min(count, 1 << 14) * size];
        for (var at = 0; at < count;)
        {
            var some = Math.Min(count - at, block.Length / size);
            stream.ReadExactly(block.AsSpan(0, some * size));
            for (var i = 0; i < some; i++)
                values[at++] = type.Number(block.AsSpan(i * size, size));
        }
        return values;
    }

    private static float Number(this WeightType type, ReadOnlySpan<byte> bytes) => type switch
    {
        WeightType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        WeightType.Float64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        WeightType.Float16 => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        WeightType.BFloat16 => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
        WeightType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        WeightType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        _ => bytes[0],
    };
}
