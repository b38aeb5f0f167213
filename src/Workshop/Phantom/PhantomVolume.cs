using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Volumes;

namespace Gateway.Workshop.Phantom;

/// <summary>A whole head of the phantom at even steps.</summary>
public static class PhantomVolume
{
    /// <summary>T2 with 0 outside the head, scaled so that the 99th percentile inside becomes 1 and clipped
    /// to [0, 1]; or CT in HU.</summary>
    /// <param name="head">Which head.</param>
    /// <param name="size">Voxels along each axis.</param>
    /// <param name="spacing">mm.</param>
    /// <param name="profile">Null for T2.</param>
    public static VoxelVolume Render(HeadPhantom head, int size, float spacing, ModalityProfile? profile = null)
    {
        profile ??= ShippedModalities.T2;
        // The head reaches from about 75 mm under the origin to 90 mm above it.
        var middle = PhantomPlane.Axial(new(0, 2, 8), size, spacing) with { Thickness = spacing };
        var bottom = middle.Origin - (size - 1) * spacing / 2 * middle.Normal;
        var volume = new VoxelVolume(size, size, size, new(
            new(spacing, 0, 0), new(0, spacing, 0), new(0, 0, spacing), new(bottom.X, bottom.Y, bottom.Z)));
        Parallel.For(0, size, z =>
        {
            var slice = head.Render(middle with { Origin = bottom + z * spacing * middle.Normal });
            var values = slice.Values(profile.Modality);
            if (!profile.IsHounsfield)
                values = [.. values.Select((value, i) => slice.Head[i] ? value : profile.Air)];
            values.CopyTo(volume.Voxels, z * size * size);
        });
        if (!profile.IsHounsfield)
        {
            var scale = 1 / Percentiles.Of(volume.Voxels.Where(value => value > 0), 0.99);
            for (var i = 0; i < volume.Voxels.Length; i++)
                volume.Voxels[i] = Math.Min(1, volume.Voxels[i] * scale);
        }
        return volume;
    }
}
