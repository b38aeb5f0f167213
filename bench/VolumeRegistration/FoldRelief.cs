using Gateway.Imaging.Volumes;

namespace Gateway.VolumeRegistration;

/// <summary>Finds where a spline's displacement changes volume by less or more than allowed, and gives way there.</summary>
internal sealed class FoldRelief(SplineLattice3D lattice, Vector3D voxel, DeformableVolumeOptions options)
{
    private const int MostRounds = 200;

    private readonly ParallelOptions _threads = new() { MaxDegreeOfParallelism = options.Threads };
    private readonly VolumeChange _change = new(lattice.Width, lattice.Height, lattice.Depth, voxel);
    private readonly bool[] _found = new bool[lattice.Depth];
    private readonly bool[] _touched = new bool[lattice.Points];
    private readonly float[] _smooth = new float[lattice.Points];

    /// <summary>Control points that reach a voxel out of bounds.</summary>
    public bool[] Marked { get; } = new bool[lattice.Points];

    /// <summary>Marks what is out of bounds.</summary>
    /// <param name="field">Displacement, mm.</param>
    /// <param name="margin">0 for the bounds themselves, towards 1 for narrower ones.</param>
    /// <returns>Whether there is any.</returns>
    public bool Mark(float[][] field, float margin)
    {
        Array.Clear(Marked);
        var (least, most) = ((float)options.Jacobian.Least * (1 + margin), (float)options.Jacobian.Most / (1 + margin));
        Parallel.For(0, lattice.Depth, _threads, z =>
        {
            Span<float> row = stackalloc float[lattice.Width];
            _found[z] = false;
            for (var y = 0; y < lattice.Height; y++)
            {
                _change.Row(field, y, z, row);
                for (var x = 0; x < row.Length; x++)
                {
                    if (row[x] >= least && row[x] <= most)
                        continue;
                    _found[z] = true;
                    MarkAround(x / lattice.Spacing, y / lattice.Spacing, z / lattice.Spacing);
                }
            }
        });
        return _found.Contains(true);
    }

    /// <summary>Smooths the marked control points until all changes lie within bounds.</summary>
    /// <param name="system">Of the lattice.</param>
    /// <param name="points">Control points, mm; changed.</param>
    /// <param name="field">Receives the displacement, mm.</param>
    public void Smooth(SplineSystem3D system, float[] points, float[][] field)
    {
        for (var round = 0; ; round++)
        {
            system.Spread(points, field);
            if (round == MostRounds || !Mark(field, margin: 0))
                return;
            // Once touched, touched in all rounds: they cannot go in circles.
            for (var i = 0; i < _touched.Length; i++)
                _touched[i] |= Marked[i];
            for (var axis = 0; axis < 3; axis++)
                Smooth(points.AsSpan(axis * lattice.Points, lattice.Points));
        }
    }

    private void MarkAround(int x, int y, int z)
    {
        for (var k = 0; k < 16; k++)
            Marked.AsSpan(((z + k / 4) * lattice.Rows + y + k % 4) * lattice.Columns + x, 4).Fill(true);
    }

    /// <summary>Touched points move to the mean of their neighbours.</summary>
    private void Smooth(Span<float> points)
    {
        var (row, layer) = (lattice.Columns, lattice.Columns * lattice.Rows);
        for (var i = 0; i < points.Length; i++)
        {
            if (!_touched[i])
                continue;
            var (x, y, z) = (i % row, i / row % lattice.Rows, i / layer);
            var sum = points[x > 0 ? i - 1 : i] + points[x < row - 1 ? i + 1 : i] + points[y > 0 ? i - row : i]
                + points[y < lattice.Rows - 1 ? i + row : i];
            _smooth[i] = (sum + points[z > 0 ? i - layer : i] + points[z < lattice.Layers - 1 ? i + layer : i]) / 6;
        }
        for (var i = 0; i < points.Length; i++)
            points[i] = _touched[i] ? _smooth[i] : points[i];
    }
}
