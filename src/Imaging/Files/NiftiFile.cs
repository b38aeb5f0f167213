using System.Buffers.Binary;
using System.IO.Compression;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Files;

/// <summary>Single-file NIfTI-1 and NIfTI-2 volumes (nifti1.h, nifti2.h), .nii and .nii.gz.</summary>
public static class NiftiFile
{
    /// <summary>Longest axis read, in voxels.</summary>
    public const int MaxSide = 4096;

    /// <summary>Most voxels read (512 MiB as float32).</summary>
    public const long MaxVoxels = 1L << 27;

    /// <summary>Returns slices from the feet to the head, rows from front to back, columns from the patient's right to the left.</summary>
    /// <exception cref="InvalidDataException">Not NIfTI, damaged, cut off, not one scalar volume, or beyond the limits.</exception>
    public static Volume Read(string path) => ReadVoxels(path).ToSlices();

    /// <inheritdoc cref="Read(string)"/>
    /// <param name="file">Seekable; compressed or not.</param>
    public static Volume Read(Stream file) => ReadVoxels(file).ToSlices();

    /// <summary>The voxels in the file's own order. Their position comes from sform, else from qform, else from the voxel sizes.</summary>
    /// <inheritdoc cref="Read(string)"/>
    public static VoxelVolume ReadVoxels(string path)
    {
        using var file = File.OpenRead(path);
        return ReadVoxels(file);
    }

    /// <inheritdoc cref="ReadVoxels(string)"/>
    /// <param name="file">Seekable; compressed or not.</param>
    public static VoxelVolume ReadVoxels(Stream file)
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

    /// <summary>Writes a volume; a path that ends in .gz is compressed. The same volume gives the same bytes.</summary>
    /// <exception cref="ArgumentException">The volume is larger than what can be read.</exception>
    public static void Write(string path, VoxelVolume volume, NiftiFormat? format = null)
    {
        using var file = File.Create(path);
        if (!path.EndsWith(".gz", StringComparison.Ordinal))
        {
            NiftiWriter.Write(file, volume, format ?? new());
            return;
        }
        using var compressed = new GZipStream(file, CompressionLevel.SmallestSize);
        NiftiWriter.Write(compressed, volume, format ?? new());
    }

    /// <summary>A volume as the bytes of an uncompressed file. The same volume gives the same bytes.</summary>
    /// <exception cref="ArgumentException">The volume is larger than what can be read.</exception>
    public static byte[] Encode(VoxelVolume volume, NiftiFormat format)
    {
        using var file = new MemoryStream();
        NiftiWriter.Write(file, volume, format);
        return file.ToArray();
    }

    /// <summary>NIfTI's world has x to the right and y to the front; DICOM's has both reversed. With unit 1 the map
    /// is its own inverse.</summary>
    internal static AffineTransform3D RasToLps(double unit = 1) => new(new(-unit, 0, 0), new(0, -unit, 0), new(0, 0, unit), default);

    private static VoxelVolume ReadPlain(Stream stream)
    {
        var bytes = new byte[NiftiHeader.Size2];
        stream.ReadExactly(bytes, 0, 4);
        var (size, _) = NiftiHeader.Announced(bytes);
        stream.ReadExactly(bytes, 4, size - 4);
        var header = NiftiHeader.Parse(bytes);
        Skip(stream, header.DataOffset - size);
        // Read plane by plane, so that a short file that claims a large volume gets no memory for it.
        var plane = new byte[header.Dimensions[0] * header.Dimensions[1] * header.BytesPerVoxel];
        var planes = new List<float[]>();
        while (planes.Count < header.Dimensions[2])
        {
            stream.ReadExactly(plane);
            planes.Add(ToFloat(plane, header));
        }
        var volume = new VoxelVolume(header.Dimensions[0], header.Dimensions[1], planes.Count, header.ToPatient);
        for (var z = 0; z < planes.Count; z++)
            planes[z].CopyTo(volume.Voxels, z * planes[z].Length);
        return volume;
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
}
