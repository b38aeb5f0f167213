using System.Numerics;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Volumes;
using Gateway.Workshop.Phantom;

namespace Gateway.Registration3DBench;

/// <summary>A phantom that lies turned in the scanner, whose slices are axial all the same: no header says how it lies.</summary>
/// <param name="Head">Whose.</param>
/// <param name="Modality">Of the scan.</param>
/// <param name="ToHead">Scanner mm to the head's own mm.</param>
internal sealed record TurnedHead(HeadPhantom Head, Modality Modality, AffineTransform3D ToHead)
{
    public const int Side = 160;
    public const double Pixel = 1.5;
    private const int Slices = 26;
    private const double Step = 6;

    public static readonly Vector3D Middle = new(0, 2, 8);

    public static TurnedHead Of(ulong seed, Modality modality, Vector3D degrees) =>
        new(HeadPhantom.Sample(new() { Seed = seed }), modality, AffineTransform3D.Rotation(degrees * (Math.PI / 180), Middle));

    /// <summary>26 slices 6 mm apart about the head's middle.</summary>
    public Volume Scan() => new(
        Enumerable.Range(0, Slices).AsParallel().AsOrdered()
            .Select(i => Slice(Middle.Z + (i - (Slices - 1) / 2.0) * Step, thickness: 5)).ToArray());

    /// <summary>The slice at a height of the scanner's.</summary>
    public VolumeSlice Slice(double z, float thickness)
    {
        var corner = new Vector3D(Middle.X - (Side - 1) * Pixel / 2, Middle.Y - (Side - 1) * Pixel / 2, z);
        var rendered = Head.Render(new()
        {
            Origin = Narrow(ToHead.Apply(corner)),
            Row = Narrow(ToHead.Direction(new(1, 0, 0))),
            Column = Narrow(ToHead.Direction(new(0, 1, 0))),
            Width = Side,
            Height = Side,
            Spacing = (float)Pixel,
            Thickness = thickness,
        });
        return At(rendered.ToVolumeSlice(Modality), corner);
    }

    /// <summary>An axial slice with its first pixel at a place.</summary>
    public static VolumeSlice At(VolumeSlice slice, Vector3D corner) => new()
    {
        Image = slice.Image,
        Position = corner,
        RowDirection = new(1, 0, 0),
        ColumnDirection = new(0, 1, 0),
        RowSpacing = Pixel,
        ColumnSpacing = Pixel,
    };

    private static Vector3 Narrow(Vector3D v) => new((float)v.X, (float)v.Y, (float)v.Z);
}
