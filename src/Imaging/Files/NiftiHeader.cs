using System.Buffers.Binary;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Files;

/// <summary>The header of NIfTI-1 (348 bytes) or NIfTI-2 (540 bytes), as far as needed to place voxels in the patient.</summary>
internal sealed record NiftiHeader
{
    public const int Size1 = 348;
    public const int Size2 = 540;

    public required bool BigEndian { get; init; }

    public required int[] Dimensions { get; init; }

    public required short DataType { get; init; }

    public required long DataOffset { get; init; }

    public required double Slope { get; init; }

    public required double Intercept { get; init; }

    /// <summary>Voxel indices to patient LPS, mm.</summary>
    public required AffineTransform3D ToPatient { get; init; }

    public int BytesPerVoxel => DataType switch
    {
        2 or 256 => 1,
        4 or 512 => 2,
        8 or 16 or 768 => 4,
        64 or 1024 or 1280 => 8,
        _ => throw new InvalidDataException($"NIfTI: data type {DataType} is not a plain number."),
    };

    /// <summary>The header size that the first four bytes state.</summary>
    /// <exception cref="InvalidDataException">It is the size of neither version.</exception>
    public static (int Size, bool BigEndian) Announced(ReadOnlySpan<byte> bytes) =>
        (BinaryPrimitives.ReadInt32LittleEndian(bytes), BinaryPrimitives.ReadInt32BigEndian(bytes)) switch
        {
            (Size1, _) => (Size1, false),
            (_, Size1) => (Size1, true),
            (Size2, _) => (Size2, false),
            (_, Size2) => (Size2, true),
            _ => throw new InvalidDataException("Not a NIfTI file: the header size is neither 348 nor 540."),
        };

    /// <exception cref="InvalidDataException">Not a single-file NIfTI header, or outside the limits.</exception>
    public static NiftiHeader Parse(ReadOnlySpan<byte> bytes)
    {
        var (size, bigEndian) = Announced(bytes);
        var magic = size == Size1 ? bytes.Slice(344, 4).SequenceEqual("n+1\0"u8) : bytes.Slice(4, 8).SequenceEqual("n+2\0\r\n\u001a\n"u8);
        if (!magic)
            throw new InvalidDataException("Not a single-file NIfTI image (magic n+1 or n+2).");
        var read = new Reader(bytes, size == Size1 ? 1 : 2, bigEndian);
        var offset = read[NiftiField.DataOffset];
        if (!(offset >= size && offset <= int.MaxValue))
            throw new InvalidDataException($"NIfTI: the data offset {offset} lies outside the file.");
        var (slope, intercept) = (read[NiftiField.Slope], read[NiftiField.Intercept]);
        var scaled = double.IsFinite(slope) && slope != 0 && double.IsFinite(intercept);
        return new()
        {
            BigEndian = bigEndian,
            Dimensions = ReadDimensions(read),
            DataType = (short)read[NiftiField.DataType],
            DataOffset = (long)offset,
            Slope = scaled ? slope : 1,
            Intercept = scaled ? intercept : 0,
            ToPatient = ReadPlace(read),
        };
    }

    private static int[] ReadDimensions(Reader read)
    {
        var rank = read[NiftiField.Dimensions];
        if (rank is < 2 or > 7)
            throw new InvalidDataException($"NIfTI: {rank} dimensions.");
        var dimensions = new int[] { 1, 1, 1 };
        for (var i = 0; i < rank; i++)
        {
            var length = read[NiftiField.Dimensions, 1 + i];
            if (length < 1 || i < 3 && length > NiftiFile.MaxSide)
                throw new InvalidDataException($"NIfTI: dimension {i + 1} is {length}; 1..{NiftiFile.MaxSide} are read.");
            if (i >= 3 && length != 1)
                throw new InvalidDataException("NIfTI: more than one volume in a file is not read.");
            if (i < 3)
                dimensions[i] = (int)length;
        }
        if ((long)dimensions[0] * dimensions[1] * dimensions[2] > NiftiFile.MaxVoxels)
            throw new InvalidDataException($"NIfTI: more than {NiftiFile.MaxVoxels} voxels.");
        return dimensions;
    }

    /// <summary>By sform when its code is set, else by qform, else by the voxel sizes alone (methods 3, 2 and 1 of nifti1.h).</summary>
    private static AffineTransform3D ReadPlace(Reader read)
    {
        var unit = ((int)read[NiftiField.Units] & 7) switch { 1 => 1000.0, 3 => 0.001, _ => 1.0 };
        var place = read[NiftiField.SformCode] > 0 ? ReadSform(read) : read[NiftiField.QformCode] > 0 ? ReadQform(read) : ReadSizes(read);
        Vector3D[] axes = [place.X, place.Y, place.Z];
        if (axes.Any(axis => !(axis.Length is >= 1e-6 and <= 1e4)) || !double.IsFinite(place.Origin.Length))
            throw new InvalidDataException("NIfTI: the orientation is not a usable matrix.");
        return place.Then(NiftiFile.RasToLps(unit));
    }

    private static AffineTransform3D ReadSform(Reader read) =>
        new(SformColumn(read, 0), SformColumn(read, 1), SformColumn(read, 2), SformColumn(read, 3));

    private static Vector3D SformColumn(Reader read, int column) =>
        new(read[NiftiField.Sform, column], read[NiftiField.Sform, column + 4], read[NiftiField.Sform, column + 8]);

    private static AffineTransform3D ReadQform(Reader read)
    {
        var (b, c, d) = (read[NiftiField.Quaternion], read[NiftiField.Quaternion, 1], read[NiftiField.Quaternion, 2]);
        var a = Math.Sqrt(Math.Max(0, 1 - b * b - c * c - d * d));
        var sign = read[NiftiField.VoxelSizes] < 0 ? -1 : 1;
        return new(
            new Vector3D(a * a + b * b - c * c - d * d, 2 * (b * c + a * d), 2 * (b * d - a * c)) * read[NiftiField.VoxelSizes, 1],
            new Vector3D(2 * (b * c - a * d), a * a + c * c - b * b - d * d, 2 * (c * d + a * b)) * read[NiftiField.VoxelSizes, 2],
            new Vector3D(2 * (b * d + a * c), 2 * (c * d - a * b), a * a + d * d - b * b - c * c) * (sign * read[NiftiField.VoxelSizes, 3]),
            new Vector3D(read[NiftiField.QformOffset], read[NiftiField.QformOffset, 1], read[NiftiField.QformOffset, 2]));
    }

    private static AffineTransform3D ReadSizes(Reader read) => new(
        new(read[NiftiField.VoxelSizes, 1], 0, 0), new(0, read[NiftiField.VoxelSizes, 2], 0),
        new(0, 0, read[NiftiField.VoxelSizes, 3]), default);

    private readonly ref struct Reader(ReadOnlySpan<byte> bytes, int version, bool bigEndian)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;

        public double this[NiftiField field, int index = 0] => field.Read(_bytes, version, bigEndian, index);
    }
}
