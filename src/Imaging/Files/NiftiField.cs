using System.Buffers.Binary;

namespace Gateway.Imaging.Files;

/// <summary>A field of the NIfTI header. The two versions (nifti1.h, nifti2.h) hold the same fields at other offsets and with wider
/// numbers.</summary>
/// <param name="At1">Offset in the 348 bytes of NIfTI-1.</param>
/// <param name="As1">Its number type there.</param>
/// <param name="At2">Offset in the 540 bytes of NIfTI-2.</param>
/// <param name="As2">Its number type there.</param>
internal readonly record struct NiftiField(int At1, NiftiField.Number As1, int At2, NiftiField.Number As2)
{
    public static readonly NiftiField
        Dimensions = new(40, Number.Int16, 16, Number.Int64),
        DataType = new(70, Number.Int16, 12, Number.Int16),
        BitsPerVoxel = new(72, Number.Int16, 14, Number.Int16),
        VoxelSizes = new(76, Number.Single, 104, Number.Double),
        DataOffset = new(108, Number.Single, 168, Number.Int64),
        Slope = new(112, Number.Single, 176, Number.Double),
        Intercept = new(116, Number.Single, 184, Number.Double),
        Units = new(123, Number.Byte, 500, Number.Int32),
        QformCode = new(252, Number.Int16, 344, Number.Int32),
        SformCode = new(254, Number.Int16, 348, Number.Int32),
        Quaternion = new(256, Number.Single, 352, Number.Double),
        QformOffset = new(268, Number.Single, 376, Number.Double),
        Sform = new(280, Number.Single, 400, Number.Double);

    public enum Number
    {
        Byte,
        Int16,
        Int32,
        Int64,
        Single,
        Double,
    }

    /// <summary>The value of the field, or of one element if it is an array.</summary>
    public double Read(ReadOnlySpan<byte> header, int version, bool bigEndian, int index = 0)
    {
        var (at, number) = version == 1 ? (At1, As1) : (At2, As2);
        var size = number switch { Number.Byte => 1, Number.Int16 => 2, Number.Int32 or Number.Single => 4, _ => 8 };
        Span<byte> value = stackalloc byte[size];
        header.Slice(at + size * index, size).CopyTo(value);
        if (bigEndian)
            value.Reverse();
        return number switch
        {
            Number.Byte => value[0],
            Number.Int16 => BinaryPrimitives.ReadInt16LittleEndian(value),
            Number.Int32 => BinaryPrimitives.ReadInt32LittleEndian(value),
            Number.Int64 => BinaryPrimitives.ReadInt64LittleEndian(value),
            Number.Single => BinaryPrimitives.ReadSingleLittleEndian(value),
            _ => BinaryPrimitives.ReadDoubleLittleEndian(value),
        };
    }

    /// <summary>Writes little endian, as all software does today.</summary>
    public void Write(Span<byte> header, int version, double value, int index = 0)
    {
        var (at, number) = version == 1 ? (At1, As1) : (At2, As2);
        switch (number)
        {
            case Number.Byte: header[at + index] = (byte)value; break;
            case Number.Int16: BinaryPrimitives.WriteInt16LittleEndian(header[(at + 2 * index)..], (short)value); break;
            case Number.Int32: BinaryPrimitives.WriteInt32LittleEndian(header[(at + 4 * index)..], (int)value); break;
            case Number.Int64: BinaryPrimitives.WriteInt64LittleEndian(header[(at + 8 * index)..], (long)value); break;
            case Number.Single: BinaryPrimitives.WriteSingleLittleEndian(header[(at + 4 * index)..], (float)value); break;
            default: BinaryPrimitives.WriteDoubleLittleEndian(header[(at + 8 * index)..], value); break;
        }
    }
}
