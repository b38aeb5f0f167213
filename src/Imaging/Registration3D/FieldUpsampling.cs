namespace Gateway.Imaging;

/// <summary>A field carried from a coarse grid to a finer one of the same axes, trilinear, its vectors in the finer voxels.</summary>
internal static class FieldUpsampling
{
    public static DisplacementField3D To(VoxelVolume grid, VoxelVolume coarseGrid, DisplacementField3D coarse)
    {
        var field = new DisplacementField3D(grid.Width, grid.Height, grid.Depth);
        var toCoarse = grid.ToPatient.Then(coarseGrid.ToPatient.Invert());
        var (scaleX, scaleY, scaleZ) = ((float)(1 / toCoarse.X.X), (float)(1 / toCoarse.Y.Y), (float)(1 / toCoarse.Z.Z));
        Parallel.For(0, grid.Depth, z =>
        {
            for (var y = 0; y < grid.Height; y++)
            {
                for (var x = 0; x < grid.Width; x++)
                {
                    var (u, at) = (coarse.At(toCoarse.Apply(new(x, y, z))), (z * grid.Height + y) * grid.Width + x);
                    (field.X[at], field.Y[at], field.Z[at]) = ((float)u.X * scaleX, (float)u.Y * scaleY, (float)u.Z * scaleZ);
                }
            }
        });
        return field;
    }
}
