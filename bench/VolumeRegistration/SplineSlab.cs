using System.Runtime.Intrinsics;

namespace Gateway.VolumeRegistration;

/// <summary>
/// The planes between two layers of knots, row by row: displacements out of four layers of control points, and the way back. What it
/// holds stays in the caches; x, y and z parts of the four layers make twelve rows, layer by layer.
/// </summary>
internal sealed class SplineSlab(SplineLattice3D lattice)
{
    private const int Sets = 12;

    private readonly float[] _rows = new float[Sets * lattice.Width];
    private readonly float[] _sums = new float[Sets * lattice.Width];
    private readonly float[] _tall = new float[Sets * lattice.Rows * lattice.Width];

    /// <summary>Displacements of the row in hand; overwritten at will.</summary>
    public float[] X { get; } = new float[lattice.Width];

    public float[] Y { get; } = new float[lattice.Width];

    public float[] Z { get; } = new float[lattice.Width];

    /// <summary>Takes up the row y of all planes.</summary>
    /// <param name="wide">x, y and z parts of all control points, widened.</param>
    /// <param name="slab">Its first layer.</param>
    /// <param name="y">Row.</param>
    public void Expand(float[] wide, int slab, int y)
    {
        var width = lattice.Width;
        var (a, b, c, d) = Four(y % lattice.Spacing);
        for (var set = 0; set < Sets; set++)
        {
            ref var from = ref wide[((set % 3 * lattice.Layers + slab + set / 3) * lattice.Rows + y / lattice.Spacing) * width];
            Blend(ref from, width, a, b, c, d, ref _rows[set * width]);
        }
    }

    /// <summary>The displacements of the row in one of the planes.</summary>
    /// <param name="phase">Of the plane, 0 for the slab's first.</param>
    public void Displace(int phase)
    {
        var (a, b, c, d) = Four(phase);
        Blend(ref _rows[0], 3 * lattice.Width, a, b, c, d, ref X[0]);
        Blend(ref _rows[lattice.Width], 3 * lattice.Width, a, b, c, d, ref Y[0]);
        Blend(ref _rows[2 * lattice.Width], 3 * lattice.Width, a, b, c, d, ref Z[0]);
    }

    /// <summary>Forgets what was collected.</summary>
    public void Clear()
    {
        _sums.AsSpan().Clear();
        _tall.AsSpan().Clear();
    }

    /// <summary>The transpose of <see cref="Displace"/>: collects <see cref="X"/>, <see cref="Y"/> and <see cref="Z"/>.</summary>
    public void Collect(int phase)
    {
        var (a, b, c, d) = Four(phase);
        Share(ref X[0], a, b, c, d, ref _sums[0], 3 * lattice.Width);
        Share(ref Y[0], a, b, c, d, ref _sums[lattice.Width], 3 * lattice.Width);
        Share(ref Z[0], a, b, c, d, ref _sums[2 * lattice.Width], 3 * lattice.Width);
    }

    /// <summary>The transpose of <see cref="Expand"/>: lays down the row y.</summary>
    public void Fold(int y)
    {
        var width = lattice.Width;
        var (a, b, c, d) = Four(y % lattice.Spacing);
        for (var set = 0; set < Sets; set++)
            Share(ref _sums[set * width], a, b, c, d, ref _tall[(set * lattice.Rows + y / lattice.Spacing) * width], width);
        _sums.AsSpan().Clear();
    }

    /// <summary>What was collected for the control points of the four layers.</summary>
    public void Narrow(Span<float> points) => lattice.Narrow(_tall, points);

    private (float A, float B, float C, float D) Four(int phase)
    {
        var weights = lattice.Weights.AsSpan(4 * phase, 4);
        return (weights[0], weights[1], weights[2], weights[3]);
    }

    /// <summary>A row out of four, a stride apart.</summary>
    private void Blend(ref float from, int stride, float a, float b, float c, float d, ref float to)
    {
        var (second, third, fourth) = ((nuint)stride, 2 * (nuint)stride, 3 * (nuint)stride);
        for (nuint i = 0; i < (nuint)lattice.Width; i += 8)
        {
            var sum = Vector256.LoadUnsafe(ref from, i) * a + Vector256.LoadUnsafe(ref from, i + second) * b;
            (sum + Vector256.LoadUnsafe(ref from, i + third) * c + Vector256.LoadUnsafe(ref from, i + fourth) * d).StoreUnsafe(ref to, i);
        }
    }

    /// <summary>The transpose of <see cref="Blend"/>: a row added to four.</summary>
    private void Share(ref float from, float a, float b, float c, float d, ref float to, int stride)
    {
        var (second, third, fourth) = ((nuint)stride, 2 * (nuint)stride, 3 * (nuint)stride);
        for (nuint i = 0; i < (nuint)lattice.Width; i += 8)
        {
            var row = Vector256.LoadUnsafe(ref from, i);
            (Vector256.LoadUnsafe(ref to, i) + row * a).StoreUnsafe(ref to, i);
            (Vector256.LoadUnsafe(ref to, i + second) + row * b).StoreUnsafe(ref to, i + second);
            (Vector256.LoadUnsafe(ref to, i + third) + row * c).StoreUnsafe(ref to, i + third);
            (Vector256.LoadUnsafe(ref to, i + fourth) + row * d).StoreUnsafe(ref to, i + fourth);
        }
    }
}
