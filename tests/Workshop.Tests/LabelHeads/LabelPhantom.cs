using System.Numerics;
using Gateway.Imaging.Files;
using Gateway.Imaging.Volumes;
using Gateway.Workshop.LabelHeads;
using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.Tests.LabelHeads;

/// <summary>The digital phantom as a label map with the numbers of SynthSeg's training maps, drawn at 2 mm on a grid of 1 mm.</summary>
internal static class LabelPhantom
{
    private const int Width = 192, Height = 240, Depth = 208;

    private static readonly Lazy<ushort[]> Drawn = new(() => Draw(7));

    public static LabelHead Head { get; } = new("phantom", Width, Height, Depth, Drawn.Value);

    /// <summary>Writes the map as a NIfTI file.</summary>
    public static void Save(string path) => NiftiFile.Write(
        path, new VoxelVolume(
            Width, Height, Depth, new(new(1, 0, 0), new(0, 1, 0), new(0, 0, 1), new(-Width / 2.0, -Height / 2.0, -Depth / 2.0)),
            Array.ConvertAll(Drawn.Value, label => (float)label)));

    private static ushort[] Draw(ulong seed)
    {
        var phantom = HeadPhantom.Sample(new() { Seed = seed });
        var labels = new ushort[Width * Height * Depth];
        Parallel.For(0, Depth / 2, k =>
        {
            Span<float> shares = stackalloc float[TissueMix.Count];
            for (var j = 0; j < Height; j += 2)
                for (var i = 0; i < Width; i += 2)
                {
                    var point = new Vector3(i + 0.5f - (Width / 2), j + 0.5f - (Height / 2), (2 * k) + 0.5f - (Depth / 2));
                    phantom.MixAt(point, 1, shares);
                    var label = Label(TissueMix.Largest(shares), point);
                    for (var corner = 0; corner < 8; corner++)
                        labels[(((((2 * k) + (corner >> 2)) * Height) + j + ((corner >> 1) & 1)) * Width) + i + (corner & 1)] = label;
                }
        });
        return labels;
    }

    private static ushort Label(Tissue tissue, Vector3 point)
    {
        var hind = point.Z < -25 && point.Y > 20;
        ushort Side(ushort left, ushort right) => point.X > 0 ? left : right;
        return tissue switch
        {
            Tissue.Air => 0,
            Tissue.Skin => 511,
            Tissue.Fat or Tissue.Muscle => 507,
            Tissue.CorticalBone => 515,
            Tissue.Diploe => 516,
            Tissue.Csf => MathF.Abs(point.X) < 25 && point is { Y: > -45 and < 50, Z: > -12 and < 32 } ? Side(4, 43) : (ushort)24,
            Tissue.GreyMatter => hind ? Side(8, 47) : Side(3, 42),
            Tissue.WhiteMatter => hind ? Side(7, 46) : Side(2, 41),
            Tissue.DeepGrey => MathF.Abs(point.X) < 20 && point.Y > 0 ? Side(10, 49) : Side(12, 51),
            Tissue.Pallidum => Side(13, 52),
            Tissue.Dura => 24,
            Tissue.Blood => 514,
            Tissue.Calcification => Side(136, 163),
            _ => 506,
        };
    }
}
