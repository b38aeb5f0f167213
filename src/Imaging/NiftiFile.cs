using System.Buffers.Binary;
using System.IO.Compression;

namespace Gateway.Imaging;

/// <summary>NIfTI-1 volumes (nifti1.h), .nii and .nii.gz, resliced by axis swaps and flips only to axial display order.</summary>
public static class NiftiFile
{
    /// <summary>Longest axis read, in voxels.</summary>
    public const int MaxSide = 4096;

    /// <summary>Most voxels read (512 MiB as float32).</summary>
    public const long MaxVoxels = 1L << 27;

    /// <summary>Slices from the feet to the head, rows from front to back, columns from the patient's right to the left.</summary>
    /// <exception cref="InvalidDataException">Not NIfTI-1, damaged, cut off, not one scalar volume, or beyond the limits.</exception>
    public static Volume Read(string path)
    {
        using var file = File.OpenRead(path);
        return Read(file);
    }

    /// <inheritdoc cref="Read(string)"/>
    /// <param name="file">Seekable; compressed or not.</param>
    public static Volume Read(Stream file)
    {
        Span<byte> magic = stackalloc byte[2];
        var got = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        file.Position -= got;
        try
        {
            if (got < 2 || magic[0] != 0x1F || magic[1] != 0x8B)
                return ReadPlain(file);
            using var plain = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
            return ReadPlain(plain);
        }
        catch (EndOfStreamException cut)
        {
            throw new InvalidDataException("NIfTI: the file ends early.", cut);
        }
    }

    private static Volume ReadPlain(Stream stream)
    {
        var bytes = new byte[NiftiHeader.Size];
        stream.ReadExactly(bytes);
        var header = NiftiHeader.Parse(bytes);
        Skip(stream, header.DataOffset - NiftiHeader.Size);
        // Plane by plane, so that a short file cannot claim a large volume.
        var plane = new byte[header.Dimensions[0] * header.Dimensions[1] * header.BytesPerVoxel];
        var planes = new List<float[]>();
        while (planes.Count < header.Dimensions[2])
        {
            stream.ReadExactly(plane);
            planes.Add(ToFloat(plane, header));
        }
        return Reslice(planes, header);
    }

    private static void Skip(Stream stream, long count)
    {
        var buffer = new byte[4096];
        for (; count > 0; count -= Math.Min(count, buffer.Length))
            stream.ReadExactly(buffer, 0, (int)Math.Min(count, buffer.Length));
    }

    private static float[] ToFloat(byte[] plane, NiftiHeader header)
    {
        var step = header.BytesPerVoxel;
        if (header.BigEndian && step > 1)
            for (var i = 0; i < plane.Length; i += step)
                plane.AsSpan(i, step).Reverse();
        var values = new float[plane.Length / step];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)(Decode(plane.AsSpan(i * step), header.DataType) * header.Slope + header.Intercept);
        return values;
    }

    private static double Decode(ReadOnlySpan<byte> voxel, short type) => type switch
    {
        2 => voxel[0],
        4 => BinaryPrimitives.ReadInt16LittleEndian(voxel),
        8 => BinaryPrimitives.ReadInt32LittleEndian(voxel),
        16 => BinaryPrimitives.ReadSingleLittleEndian(voxel),
        64 => BinaryPrimitives.ReadDoubleLittleEndian(voxel),
        256 => (sbyte)voxel[0],
        512 => BinaryPrimitives.ReadUInt16LittleEndian(voxel),
        768 => BinaryPrimitives.ReadUInt32LittleEndian(voxel),
        1024 => BinaryPrimitives.ReadInt64LittleEndian(voxel),
        _ => BinaryPrimitives.ReadUInt64LittleEndian(voxel),
    };

    private static Volume Reslice(List<float[]> planes, NiftiHeader header)
    {
        var (x, y, z) = AxialOrder(header.Axes);
        var origin = header.Axes[3] + x.StartShift(header) + y.StartShift(header) + z.StartShift(header);
        var (width, height, depth) = (header.Dimensions[x.Index], header.Dimensions[y.Index], header.Dimensions[z.Index]);
        var (xStep, yStep, zStep) = (x.Step(header), y.Step(header), z.Step(header));
        var slices = new List<VolumeSlice>(depth);
        var voxel = new int[3];
        for (var k = 0; k < depth; k++)
        {
            var image = new Image(width, height);
            voxel[z.Index] = z.At(k, depth);
            for (var j = 0; j < height; j++)
            {
                voxel[y.Index] = y.At(j, height);
                for (var i = 0; i < width; i++)
                {
                    voxel[x.Index] = x.At(i, width);
                    image[i, j] = planes[voxel[2]][voxel[1] * header.Dimensions[0] + voxel[0]];
                }
            }
            slices.Add(new()
            {
                Image = image,
                Position = origin + zStep * k,
                RowDirection = xStep.Unit(),
                ColumnDirection = yStep.Unit(),
                RowSpacing = yStep.Length,
                ColumnSpacing = xStep.Length,
            });
        }
        return new(slices);
    }

    /// <summary>The voxel axis nearest to feet-head becomes the slice axis; of the others, the one nearest to left-right the column axis.</summary>
    private static (Axis X, Axis Y, Axis Z) AxialOrder(Vector3D[] axes)
    {
        var units = axes.Take(3).Select(axis => axis.Unit()).ToArray();
        var z = Enumerable.Range(0, 3).MaxBy(i => Math.Abs(units[i].Z));
        var rest = Enumerable.Range(0, 3).Where(i => i != z).ToArray();
        var x = Math.Abs(units[rest[0]].X) >= Math.Abs(units[rest[1]].X) ? rest[0] : rest[1];
        var y = rest[0] + rest[1] - x;
        return (new(x, units[x].X < 0), new(y, units[y].Y < 0), new(z, units[z].Z < 0));
    }

    private readonly record struct Axis(int Index, bool Reversed)
    {
        public int At(int position, int length) => Reversed ? length - 1 - position : position;

        public Vector3D Step(NiftiHeader header) => Reversed ? -header.Axes[Index] : header.Axes[Index];

        public Vector3D StartShift(NiftiHeader header) => Reversed ? header.Axes[Index] * (header.Dimensions[Index] - 1) : default;
    }
}
