using Gateway.Imaging.Volumes;

namespace Gateway.VolumeRegistration;

/// <summary>
/// Rotation, translation and scale, then nine or twelve numbers, of one volume onto another over a pyramid; maximises the NCC of brightness
/// on its coarsest level, of the local pattern on the others. Starts from the centres of mass; turns up to 75 degrees are searched.
/// Deterministic, whatever the number of threads.
/// </summary>
public static class LinearVolumeRegistration
{
    private const double SearchStep = Math.PI / 6;
    private const double SearchReach = 2.5 * SearchStep;

    /// <param name="fixedVolume">[0, 1], background 0.</param>
    /// <param name="moving">[0, 1], background 0.</param>
    /// <param name="options">Levels, freedom, threads.</param>
    public static LinearVolumeResult Register(VoxelVolume fixedVolume, VoxelVolume moving, LinearVolumeOptions? options = null)
    {
        options ??= new();
        var (centre, shift) = (CentreOfMass(fixedVolume), CentreOfMass(moving) - CentreOfMass(fixedVolume));
        var start = AffineTransform3D.Identity with { Origin = shift };
        // Brightness leads from afar; close to, patterns do, which scanners agree on better.
        var fits = options.Levels.Select(
            (mm, level) => Fit(VolumeReduction.To(fixedVolume, mm), VolumeReduction.To(moving, mm), local: level > 0)).ToArray();
        var best = Search(fits, start, centre, options);
        foreach (var fit in fits.Skip(1))
            best = fit.Improve(best.Map, options.ThreeScalesOnly ? LinearFreedom.ThreeScales : LinearFreedom.Affine, iterations: 30);
        return new() { FixedToMoving = best.Map, NccBefore = fits[^1].Ncc(start), NccAfter = best.Ncc };

        LinearVolumeFit Fit(VoxelVolume a, VoxelVolume b, bool local) => local
            ? new(LocalNormalisation.Of(a), LocalNormalisation.Of(b), centre, options.LeastOverlap, options.Threads)
            : new(a, b, centre, options.LeastOverlap, options.Threads);
    }

    /// <summary>The best of many turns about the fixed centre: the most promising are improved, then compared.</summary>
    private static (AffineTransform3D Map, double Ncc) Search(
        LinearVolumeFit[] fits, AffineTransform3D start, Vector3D centre, LinearVolumeOptions options)
    {
        var turns = options.AnyOrientation ? CubeTurns(centre).SelectMany(cube => Turns(centre, 1.2 * SearchStep).Select(cube.Then))
            : Turns(centre, SearchReach);
        return turns.Select(turn => turn.Then(start))
            .OrderByDescending(fits[0].Ncc)
            .Take(8)
            .Select(
                map => fits.Take(2).Aggregate(
                    (map, 0.0), (best, fit) => fit.Improve(best.Item1, LinearFreedom.Similarity, iterations: 20, enough: 1e-4)))
            .ToList()
            .MaxBy(candidate => candidate.Item2);
    }

    private static IEnumerable<AffineTransform3D> Turns(Vector3D centre, double reach)
    {
        var steps = Enumerable.Range(-2, 5).Select(i => i * SearchStep).ToArray();
        return from x in steps
               from y in steps
               from z in steps
               let vector = new Vector3D(x, y, z)
               where vector.Length <= reach
               select AffineTransform3D.Rotation(vector, centre);
    }

    private static IEnumerable<AffineTransform3D> CubeTurns(Vector3D centre)
    {
        Vector3D[] axes = [new(1, 0, 0), new(-1, 0, 0), new(0, 1, 0), new(0, -1, 0), new(0, 0, 1), new(0, 0, -1)];
        return from x in axes
               from y in axes
               where Math.Abs(x.Dot(y)) < 0.5
               select AffineTransform3D.About(centre, x, y, x.Cross(y), default);
    }

    private static Vector3D CentreOfMass(VoxelVolume volume)
    {
        var (sum, mass) = (default(Vector3D), 0.0);
        for (var z = 0; z < volume.Depth; z++)
        {
            for (var y = 0; y < volume.Height; y++)
            {
                var (rowMass, rowMoment) = (0.0, 0.0);
                var row = volume.Voxels.AsSpan((z * volume.Height + y) * volume.Width, volume.Width);
                for (var x = 0; x < row.Length; x++)
                    (rowMass, rowMoment) = (rowMass + row[x], rowMoment + row[x] * x);
                (sum, mass) = (sum + new Vector3D(rowMoment, y * rowMass, z * rowMass), mass + rowMass);
            }
        }
        return volume.ToPatient.Apply(
            mass > 0 ? sum / mass : new((volume.Width - 1) / 2.0, (volume.Height - 1) / 2.0, (volume.Depth - 1) / 2.0));
    }
}
