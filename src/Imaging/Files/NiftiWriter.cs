using System.Buffers.Binary;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Files;

/// <summary>Writes NIfTI headers and voxels: always sform, and qform where a rotation and voxel sizes can express the same map.</summary>
internal static class NiftiWriter
{
    private const int ScannerCoordinates = 1;
    private const int Millimetres = 2;

    public static void Write(Stream stream, VoxelVolume volume, NiftiFormat format)
    {
        var size = format.Version == 1 ? NiftiHeader.Size1 : NiftiHeader.Size2;
        // No extension: four zero bytes between header and data, whose offset must be a multiple of 16.
        var header = new byte[(size + 4 + 15) / 16 * 16];
        BinaryPrimitives.WriteInt32LittleEndian(header, size);
        if (format.Version == 1)
            "n+1\0"u8.CopyTo(header.AsSpan(344));
        else
            "n+2\0\r\n\u001a\n"u8.CopyTo(header.AsSpan(4));
        Describe(volume, format, header.Length, (field, value, index) => field.Write(header, format.Version, value, index));
        stream.Write(header);
        for (var z = 0; z < volume.Depth; z++)
            stream.Write(Stored(volume.Plane(z), format));
    }

    private static void Describe(VoxelVolume volume, NiftiFormat format, int offset, Action<NiftiField, double, int> write)
    {
        var place = volume.ToPatient.Then(NiftiFile.RasToLps());
        int[] dimensions = [3, volume.Width, volume.Height, volume.Depth, 1, 1, 1, 1];
        for (var i = 0; i < dimensions.Length; i++)
        {
            if (dimensions[i] > NiftiFile.MaxSide)
                throw new ArgumentException($"A side of {dimensions[i]} voxels; at most {NiftiFile.MaxSide} are written.", nameof(volume));
            write(NiftiField.Dimensions, dimensions[i], i);
        }
        double[] sizes = [place.Determinant < 0 ? -1 : 1, place.X.Length, place.Y.Length, place.Z.Length, 1, 1, 1, 1];
        for (var i = 0; i < sizes.Length; i++)
            write(NiftiField.VoxelSizes, sizes[i], i);
        write(NiftiField.DataType, (int)format.Number, 0);
        write(NiftiField.BitsPerVoxel, 8 * BytesOf(format.Number), 0);
        write(NiftiField.DataOffset, offset, 0);
        write(NiftiField.Slope, format.Slope, 0);
        write(NiftiField.Intercept, format.Intercept, 0);
        write(NiftiField.Units, Millimetres, 0);
        WriteSform(place, write);
        WriteQform(place, write);
    }

    private static void WriteSform(AffineTransform3D place, Action<NiftiField, double, int> write)
    {
        write(NiftiField.SformCode, ScannerCoordinates, 0);
        Vector3D[] columns = [place.X, place.Y, place.Z, place.Origin];
        for (var column = 0; column < columns.Length; column++)
        {
            write(NiftiField.Sform, columns[column].X, column);
            write(NiftiField.Sform, columns[column].Y, column + 4);
            write(NiftiField.Sform, columns[column].Z, column + 8);
        }
    }

    private static void WriteQform(AffineTransform3D place, Action<NiftiField, double, int> write)
    {
        var (x, y, z) = (place.X.Unit(), place.Y.Unit(), place.Z.Unit() * (place.Determinant < 0 ? -1 : 1));
        if (Math.Abs(x.Dot(y)) + Math.Abs(y.Dot(z)) + Math.Abs(z.Dot(x)) > 1e-4)
            return;
        var (b, c, d) = Quaternion(x, y, z);
        write(NiftiField.QformCode, ScannerCoordinates, 0);
        write(NiftiField.Quaternion, b, 0);
        write(NiftiField.Quaternion, c, 1);
        write(NiftiField.Quaternion, d, 2);
        write(NiftiField.QformOffset, place.Origin.X, 0);
        write(NiftiField.QformOffset, place.Origin.Y, 1);
        write(NiftiField.QformOffset, place.Origin.Z, 2);
    }

    /// <summary>The rotation with the given columns as a quaternion with a non-negative real part, computed from
    /// its largest component.</summary>
    private static (double B, double C, double D) Quaternion(Vector3D x, Vector3D y, Vector3D z)
    {
        double[] squares = [1 + x.X + y.Y + z.Z, 1 + x.X - y.Y - z.Z, 1 - x.X + y.Y - z.Z, 1 - x.X - y.Y + z.Z];
        var largest = Array.IndexOf(squares, squares.Max());
        var twice = 2 * Math.Sqrt(squares[largest]);
        double[] q = largest switch
        {
            0 => [twice / 4, (y.Z - z.Y) / twice, (z.X - x.Z) / twice, (x.Y - y.X) / twice],
            1 => [(y.Z - z.Y) / twice, twice / 4, (x.Y + y.X) / twice, (z.X + x.Z) / twice],
            2 => [(z.X - x.Z) / twice, (x.Y + y.X) / twice, twice / 4, (y.Z + z.Y) / twice],
            _ => [(x.Y - y.X) / twice, (z.X + x.Z) / twice, (y.Z + z.Y) / twice, twice / 4],
        };
        var sign = q[0] < 0 ? -1 : 1;
        return (q[1] * sign, q[2] * sign, q[3] * sign);
    }

    private static int BytesOf(NiftiNumber number) => number switch { NiftiNumber.Byte => 1, NiftiNumber.Int16 => 2, _ => 4 };

    private static byte[] Stored(ReadOnlySpan<float> plane, NiftiFormat format)
    {
        var size = BytesOf(format.Number);
        var bytes = new byte[plane.Length * size];
        for (var i = 0; i < plane.Length; i++)
        {
            var value = (plane[i] - format.Intercept) / format.Slope;
            var cell = bytes.AsSpan(i * size);
            switch (format.Number)
            {
                case NiftiNumber.Byte: cell[0] = (byte)Math.Clamp(Math.Round(value), 0, 255); break;
                case NiftiNumber.Int16:
                    BinaryPrimitives.WriteInt16LittleEndian(cell, (short)Math.Clamp(Math.Round(value), short.MinValue, short.MaxValue));
                    break;
                default: BinaryPrimitives.WriteSingleLittleEndian(cell, (float)value); break;
            }
        }
        return bytes;
    }
}
