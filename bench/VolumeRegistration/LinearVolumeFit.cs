using Gateway.Imaging.Volumes;

namespace Gateway.VolumeRegistration;

/// <summary>One level of the linear registration of volumes: Levenberg-Marquardt on map, gain and offset over the voxels that both
/// hold.</summary>
internal sealed class LinearVolumeFit(VoxelVolume fixedVolume, VoxelVolume moving, Vector3D centre, double leastOverlap, int threads)
{
    // Matrix entries act over a head's radius: in this unit all parameters move voxels about equally far.
    private const double Radius = 64;

    private readonly AffineTransform3D _toMoving = moving.ToPatient.Invert();
    private readonly LinearSums[] _planes = [.. Enumerable.Range(0, fixedVolume.Depth).Select(_ => new LinearSums())];
    private readonly double _least = leastOverlap * fixedVolume.Voxels.Length;

    /// <summary>Correlation over the common voxels, -1..1; -1 where they are too few.</summary>
    /// <param name="map">Fixed patient mm to moving patient mm.</param>
    public double Ncc(AffineTransform3D map) => Score(Evaluate(map));

    /// <summary>The map after at most <paramref name="iterations"/> steps, each of which raised the NCC, and that NCC.</summary>
    public (AffineTransform3D Map, double Ncc) Improve(AffineTransform3D map, LinearFreedom freedom, int iterations, double enough = 1e-5)
    {
        var (sums, damping) = (Evaluate(map), 1e-3);
        for (var i = 0; i < iterations; i++)
        {
            var (before, directions) = (Score(sums), LinearDirections.Of(freedom, map));
            while (damping < 1e3)
            {
                var candidate = LinearDirections.Apply(freedom, map, centre, LinearDirections.Solve(sums, directions, damping), Radius);
                var found = Evaluate(candidate);
                if (Score(found) > before)
                {
                    (map, sums, damping) = (candidate, found, Math.Max(damping / 10, 1e-6));
                    break;
                }
                damping *= 10;
            }
            if (Score(sums) - before < enough)
                break;
        }
        return (map, Score(sums));
    }

    private double Score(LinearSums sums) => sums.Count >= _least ? sums.Ncc : -1;

    private LinearSums Evaluate(AffineTransform3D map)
    {
        var toVoxel = fixedVolume.ToPatient.Then(map).Then(_toMoving);
        Parallel.For(0, fixedVolume.Depth, new ParallelOptions { MaxDegreeOfParallelism = threads }, z => _planes[z] = Plane(z, toVoxel));
        var sums = new LinearSums();
        foreach (var plane in _planes)
            sums.Add(plane);
        sums.Mirror();
        return LinearDirections.InPatient(sums, _toMoving);
    }

    private LinearSums Plane(int z, AffineTransform3D toVoxel)
    {
        var (width, sums) = (fixedVolume.Width, new LinearSums());
        Span<double> row = stackalloc double[RowSums.Count];
        float[] m = new float[width], gx = new float[width], gy = new float[width], gz = new float[width];
        for (var y = 0; y < fixedVolume.Height; y++)
        {
            var start = toVoxel.Apply(new(0, y, z));
            var (first, end) = Inside(start, toVoxel.X, width);
            if (first >= end)
                continue;
            TrilinearRow.Sample(moving, start, toVoxel.X, first, end, m, gx, gy, gz);
            var f = fixedVolume.Voxels.AsSpan((z * fixedVolume.Height + y) * width, width);
            RowSums.Of(
                f[first..end], m.AsSpan(first..end), gx.AsSpan(first..end), gy.AsSpan(first..end), gz.AsSpan(first..end), first, row);
            sums.AddRow(row, (fixedVolume.ToPatient.Apply(new(0, y, z)) - centre) / Radius, fixedVolume.ToPatient.X / Radius);
        }
        return sums;
    }

    /// <summary>The voxels of a row whose mapped places lie between voxel centres of the moving volume on all sides.</summary>
    private (int First, int End) Inside(Vector3D start, Vector3D step, int width)
    {
        var (low, high) = (0.0, width - 1.0);
        Limit(start.X, step.X, moving.Width);
        Limit(start.Y, step.Y, moving.Height);
        Limit(start.Z, step.Z, moving.Depth);
        return high < low ? (0, 0) : ((int)Math.Ceiling(low), (int)Math.Floor(high) + 1);

        void Limit(double at, double by, int length)
        {
            // A hair inside, so that rounding to float never leaves the volume.
            var (from, to) = (0.001 - at, length - 1.001 - at);
            if (Math.Abs(by) < 1e-9)
                (low, high) = from <= 0 && to >= 0 ? (low, high) : (1, 0);
            else
                (low, high) = (Math.Max(low, (by > 0 ? from : to) / by), Math.Min(high, (by > 0 ? to : from) / by));
        }
    }
}
