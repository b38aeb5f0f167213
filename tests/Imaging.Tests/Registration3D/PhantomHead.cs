using Gateway.VolumeRegistration;
using Gateway.Imaging.Volumes;
using Gateway.Workshop.Phantom;

namespace Gateway.Imaging.Tests;

/// <summary>One phantom head as a volume, made once for all tests.</summary>
internal static class PhantomHead
{
    private static readonly Lazy<VoxelVolume> Made = new(() => PhantomVolume.Render(HeadPhantom.Sample(new() { Seed = 11 }), 80, 2.8f));

    /// <summary>T2 in [0, 1], 80 voxels of 2.8 mm along each axis.</summary>
    public static VoxelVolume Volume => Made.Value;

    /// <summary>The head seen through a map, with gamma, a bias field and noise: patient mm of the result to patient mm of the
    /// head.</summary>
    public static VoxelVolume Seen(AffineTransform3D toHead, double noise, ulong seed)
    {
        var (volume, random) = (VolumeResampler.Trilinear(Volume, Volume, toHead, outside: 0), new PhantomRandom(seed));
        for (var i = 0; i < volume.Voxels.Length; i++)
        {
            var (x, y, z) =
                (i % volume.Width / 80.0 - 0.5, i / volume.Width % volume.Height / 80.0
                    - 0.5, i / (volume.Width * volume.Height) / 80.0 - 0.5);
            var value = Math.Pow(volume.Voxels[i], 0.8) * (1 + 0.3 * x - 0.2 * y + 0.25 * z);
            volume.Voxels[i] = (float)Math.Max(0, value + random.Normal(0, (float)noise));
        }
        return volume;
    }
}
