using System.Buffers.Binary;

namespace Gateway.Imaging;

/// <summary>The 348-byte NIfTI-1 header: what is needed to place voxels in the patient.</summary>
internal sealed record NiftiHeader
{
    public const int Size = 348;

    public required bool BigEndian { get; init; }

    public required int[] Dimensions { get; init; }

    public required short DataType { get; init; }

    public required long DataOffset { get; init; }

    public required float Slope { get; init; }

    public required float Intercept { get; init; }

    /// <summary>Patient (LPS, mm) step of one voxel along each index, then the patient position of voxel (0,0,0).</summary>
    public required Vector3D[] Axes { get; init; }

    public int BytesPerVoxel => DataType switch
    {
        2 or 256 => 1,
        4 or 512 => 2,
        8 or 16 or 768 => 4,
        64 or 1024 or 1280 => 8,
        _ => throw new InvalidDataException($"NIfTI: data type {DataType} is not a plain number."),
    };

    /// <exception cref="InvalidDataException">Not a single-file NIfTI-1 header, or outside the limits.</exception>
    public static NiftiHeader Parse(ReadOnlySpan<byte> bytes)
    {
        var bigEndian = (BinaryPrimitives.ReadInt32LittleEndian(bytes), BinaryPrimitives.ReadInt32BigEndian(bytes)) switch
        {
            (Size, _) => false,
            (_, Size) => true,
            _ => throw new InvalidDataException("Not a NIfTI-1 file: the header size is not 348."),
        };
        if (!bytes.Slice(344, 4).SequenceEqual("n+1\0"u8))
            throw new InvalidDataException("Not a single-file NIfTI-1 image (magic n+1).");
        var read = new Reader(bytes, bigEndian);
        var offset = read.Single(108);
        if (!(offset >= Size && offset <= int.MaxValue))
            throw new InvalidDataException($"NIfTI: the data offset {offset} lies outside the file.");
        var (slope, intercept) = (read.Single(112), read.Single(116));
        var scaled = float.IsFinite(slope) && slope != 0 && float.IsFinite(intercept);
        return new()
        {
            BigEndian = bigEndian,
            Dimensions = ReadDimensions(read),
            DataType = read.Int16(70),
            DataOffset = (long)offset,
            Slope = scaled ? slope : 1,
            Intercept = scaled ? intercept : 0,
            Axes = ReadAxes(read),
        };
    }

    private static int[] ReadDimensions(Reader read)
    {
        var rank = read.Int16(40);
        if (rank is < 2 or > 7)
            throw new InvalidDataException($"NIfTI: {rank} dimensions.");
        var dimensions = new int[] { 1, 1, 1 };
        for (var i = 0; i < rank; i++)
        {
            int length = read.Int16(42 + 2 * i);
            if (length < 1 || i < 3 && length > NiftiFile.MaxSide)
                throw new InvalidDataException($"NIfTI: dimension {i + 1} is {length}; 1..{NiftiFile.MaxSide} are read.");
            if (i >= 3 && length != 1)
                throw new InvalidDataException("NIfTI: more than one volume in a file is not read.");
            if (i < 3)
                dimensions[i] = length;
        }
        if ((long)dimensions[0] * dimensions[1] * dimensions[2] > NiftiFile.MaxVoxels)
            throw new InvalidDataException($"NIfTI: more than {NiftiFile.MaxVoxels} voxels.");
        return dimensions;
    }

    /// <summary>sform when its code is set, else qform, else the voxel sizes alone (methods 3, 2 and 1 of nifti1.h).</summary>
    private static Vector3D[] ReadAxes(Reader read)
    {
        var unit = (read.Byte(123) & 7) switch { 1 => 1000.0, 3 => 0.001, _ => 1.0 };
        var axes = read.Int16(254) > 0 ? ReadSform(read) : read.Int16(252) > 0 ? ReadQform(read) : ReadSizes(read);
        if (axes.Any(axis => !double.IsFinite(axis.Length)) || axes.Take(3).Any(axis => axis.Length is < 1e-6 or > 1e4))
            throw new InvalidDataException("NIfTI: the orientation is not a usable matrix.");
        // NIfTI's world has x to the right and y to the front; DICOM's has both reversed.
        return [.. axes.Select(axis => new Vector3D(-axis.X, -axis.Y, axis.Z) * unit)];
    }

    private static Vector3D[] ReadSform(Reader read) =>
        [SformColumn(read, 0), SformColumn(read, 1), SformColumn(read, 2), SformColumn(read, 3)];

    private static Vector3D SformColumn(Reader read, int column) =>
        new(read.Single(280 + 4 * column), read.Single(296 + 4 * column), read.Single(312 + 4 * column));

    private static Vector3D[] ReadQform(Reader read)
    {
        double b = read.Single(256), c = read.Single(260), d = read.Single(264);
        var a = Math.Sqrt(Math.Max(0, 1 - b * b - c * c - d * d));
        var sign = read.Single(76) < 0 ? -1 : 1;
        return
        [
            new Vector3D(a * a + b * b - c * c - d * d, 2 * (b * c + a * d), 2 * (b * d - a * c)) * read.Single(80),
            new Vector3D(2 * (b * c - a * d), a * a + c * c - b * b - d * d, 2 * (c * d + a * b)) * read.Single(84),
            new Vector3D(2 * (b * d + a * c), 2 * (c * d - a * b), a * a + d * d - b * b - c * c) * (sign * read.Single(88)),
            new Vector3D(read.Single(268), read.Single(272), read.Single(276)),
        ];
    }

    private static Vector3D[] ReadSizes(Reader read) =>
        [new(read.Single(80), 0, 0), new(0, read.Single(84), 0), new(0, 0, read.Single(88)), default];

    private readonly ref struct Reader(ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;

        public byte Byte(int offset) => _bytes[offset];

        public short Int16(int offset) => bigEndian
            ? BinaryPrimitives.ReadInt16BigEndian(_bytes[offset..])
            : BinaryPrimitives.ReadInt16LittleEndian(_bytes[offset..]);

        public float Single(int offset) => bigEndian
            ? BinaryPrimitives.ReadSingleBigEndian(_bytes[offset..])
            : BinaryPrimitives.ReadSingleLittleEndian(_bytes[offset..]);
    }
}
