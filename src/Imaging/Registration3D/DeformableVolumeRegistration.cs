namespace Gateway.Imaging;

/// <summary>
/// Greedy compositive registration by local correlation, after a linear map: each step is the correlation's smoothed gradient, scaled to half
/// a voxel at its longest, composed with the field, which is smoothed in turn (Avants et al. 2008; Yushkevich et al. 2016). Deterministic,
/// whatever the number of threads.
/// </summary>
public static class DeformableVolumeRegistration
{
    /// <param name="fixedVolume">[0, 1], background 0, at least 16 voxels along each axis.</param>
    /// <param name="moving">[0, 1], background 0; another grid is allowed.</param>
    /// <param name="fixedToMoving">Fixed patient mm to moving patient mm, of the linear stage.</param>
    /// <param name="options">Levels, smoothing, threads.</param>
    public static DeformableVolumeResult Register(
        VoxelVolume fixedVolume, VoxelVolume moving, AffineTransform3D fixedToMoving, DeformableVolumeOptions? options = null)
    {
        options ??= new();
        var spacing = Math.Min(fixedVolume.Spacing.X, Math.Min(fixedVolume.Spacing.Y, fixedVolume.Spacing.Z));
        (VoxelVolume Grid, DisplacementField3D Field)? coarser = null;
        var (before, after, iterations) = (0.0, 0.0, new List<int>());
        foreach (var (factor, most) in options.Levels)
        {
            var (grid, seen) = (Level(fixedVolume, factor * spacing), Level(moving, factor * spacing));
            var level = new DeformableVolumeLevel(grid, seen, fixedToMoving, options);
            if (coarser is { } start)
                level.StartFrom(start.Grid, start.Field);
            (before, after, var made) = level.Run(most);
            iterations.Add(made);
            coarser = (grid, level.Field);
        }
        var field = coarser!.Value.Field;
        if ((field.Width, field.Height, field.Depth) != (fixedVolume.Width, fixedVolume.Height, fixedVolume.Depth))
            field = FieldUpsampling.To(fixedVolume, coarser.Value.Grid, field);
        return new() { FixedToMoving = fixedToMoving, Field = field, CorrelationBefore = before, CorrelationAfter = after, Iterations = iterations };
    }

    /// <summary>Block means, then a little more blur: together about a Gaussian of half the level's voxel.</summary>
    private static VoxelVolume Level(VoxelVolume volume, double millimetres)
    {
        var level = VolumeReduction.To(volume, millimetres);
        if (ReferenceEquals(level, volume))
            return volume;
        var taps = GaussianFilter.Kernel(0.4, 1);
        var scratch = new float[level.Width * level.Height + level.Width + taps.Length];
        var blurred = new VoxelVolume(level.Width, level.Height, level.Depth, level.ToPatient);
        var plane = level.Width * level.Height;
        for (var z = 0; z < level.Depth; z++)
            PlaneFilter.Convolve(level.Voxels.AsSpan(z * plane, plane), level.Width, taps, scratch);
        for (var z = 0; z < level.Depth; z++)
            PlaneFilter.ConvolveAcross(level.Voxels, blurred.Voxels.AsSpan(z * plane, plane), z, level.Depth, plane, taps);
        return blurred;
    }
}
