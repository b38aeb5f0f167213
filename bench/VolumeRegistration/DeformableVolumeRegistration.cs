using Gateway.Imaging.Grids;
using Gateway.Imaging.Volumes;

namespace Gateway.VolumeRegistration;

/// <summary>
/// Deforms a volume that already lies linearly on the fixed one: cubic B-splines of ever closer control points on a pyramid, Gauss-Newton
/// on squared local correlation with bending energy. Deterministic, whatever the number of threads.
/// </summary>
public static class DeformableVolumeRegistration
{
    /// <param name="fixedVolume">[0, 1], background 0, at least 16 voxels along each axis.</param>
    /// <param name="moving">[0, 1], background 0; another grid is allowed.</param>
    /// <param name="fixedToMoving">Fixed patient mm to moving patient mm, of the linear stage.</param>
    /// <param name="options">Levels, stiffness, threads.</param>
    public static DeformableVolumeResult Register(
        VoxelVolume fixedVolume, VoxelVolume moving, AffineTransform3D fixedToMoving, DeformableVolumeOptions? options = null)
    {
        options ??= new();
        var spacing = Math.Min(fixedVolume.Spacing.X, Math.Min(fixedVolume.Spacing.Y, fixedVolume.Spacing.Z));
        VolumeSplineFit? fit = null;
        var finest = 0;
        var (before, after, steps) = (0.0, 0.0, new List<int>());
        foreach (var (factor, apart, most) in options.Levels)
        {
            var coarser = fit;
            fit = coarser is not null && factor == finest
                ? new(coarser, apart)
                : new(
                    Wide(Level(fixedVolume, factor * spacing, options)), Level(moving, factor * spacing, options), fixedToMoving,
                    apart, options);
            finest = factor;
            if (coarser is not null)
                fit.Start(coarser);
            (before, after, var taken) = fit.Improve(most);
            steps.Add(taken);
        }
        return new()
        {
            FixedToMoving = fixedToMoving,
            Field = fit!.Field(fixedVolume),
            CorrelationBefore = before,
            CorrelationAfter = after,
            Steps = steps,
        };
    }

    /// <summary>Block means, then a little blur.</summary>
    private static VoxelVolume Level(VoxelVolume volume, double millimetres, DeformableVolumeOptions options)
    {
        var level = VolumeReduction.To(volume, millimetres);
        if (options.Blur <= 0)
            return level;
        var (blurred, plane) = (new VoxelVolume(level.Width, level.Height, level.Depth, level.ToPatient), level.Width * level.Height);
        var (planes, taps) = (level.Voxels.ToArray(), GaussianFilter.Kernel(options.Blur, 1));
        var threads = new ParallelOptions { MaxDegreeOfParallelism = options.Threads };
        Parallel.For(0, level.Depth, threads, z =>
            PlaneFilter.Convolve(planes.AsSpan(z * plane, plane), level.Width, taps, new float[plane + level.Width + taps.Length]));
        Parallel.For(0, level.Depth, threads, z =>
            PlaneFilter.ConvolveAcross(planes, blurred.Voxels.AsSpan(z * plane, plane), z, level.Depth, plane, taps));
        return blurred;
    }

    /// <summary>Rows made a multiple of eight voxels long, their last voxel repeated.</summary>
    private static VoxelVolume Wide(VoxelVolume volume)
    {
        var width = (volume.Width + 7) / 8 * 8;
        if (width == volume.Width)
            return volume;
        var result = new VoxelVolume(width, volume.Height, volume.Depth, volume.ToPatient);
        for (var row = 0; row < volume.Height * volume.Depth; row++)
        {
            var to = result.Voxels.AsSpan(row * width, width);
            volume.Voxels.AsSpan(row * volume.Width, volume.Width).CopyTo(to);
            to[volume.Width..].Fill(to[volume.Width - 1]);
        }
        return result;
    }
}
