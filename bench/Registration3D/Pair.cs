using System.Runtime.InteropServices;
using Gateway.Imaging.Volumes;

namespace Gateway.Registration3DBench;

/// <summary>Two volumes of one grid, [0, 1], and where known the true way from the fixed to the moving one.</summary>
internal sealed record Pair(string Name, VoxelVolume Fixed, VoxelVolume Moving, Func<Vector3D, Vector3D>? Truth = null)
{
    public const int Side = 128;

    /// <summary>mm; 128 of them hold a head.</summary>
    public const double Spacing = 1.8;

    public static VoxelVolume Grid(Vector3D middle) => new(Side, Side, Side, new(
        new(Spacing, 0, 0), new(0, Spacing, 0), new(0, 0, Spacing), middle - new Vector3D(1, 1, 1) * (Spacing * (Side - 1) / 2)));

    public void Write(string folder)
    {
        foreach (var (kind, volume) in (ReadOnlySpan<(string, VoxelVolume)>)[("fixed", Fixed), ("moving", Moving)])
            File.WriteAllBytes(Path.Combine(folder, $"{Name}-{kind}.f32"), MemoryMarshal.AsBytes(volume.Voxels.AsSpan()).ToArray());
    }
}
