using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;
using Gateway.VolumeRegistration;
using Gateway.Workshop.Phantom;

namespace Gateway.Registration3DBench;

/// <summary>The mean of upright phantoms, and the level at which the shipped chooser cuts them: what a volume
/// would be registered to.</summary>
internal sealed class UprightReference
{
    private const int Side = 80;
    private const float Spacing = 2.8f;

    public UprightReference(Reference slice, IReadOnlyList<ulong> seeds)
    {
        var profile = slice.Profile;
        var heads = seeds.Select(seed => PhantomVolume.Render(HeadPhantom.Sample(new() { Seed = seed }), Side, Spacing, profile)).ToList();
        Slice = slice;
        Volume = new(Side, Side, Side, heads[0].ToPatient);
        foreach (var head in heads)
            for (var i = 0; i < Volume.Voxels.Length; i++)
                Volume.Voxels[i] += (profile.IsHounsfield ? Unit(head.Voxels[i]) : head.Voxels[i]) / heads.Count;
        Level = seeds.Average(seed => LevelOf(TurnedHead.Of(seed, profile.Modality, default)));
    }

    public Reference Slice { get; }

    /// <summary>[0, 1], in the phantom's own mm.</summary>
    public VoxelVolume Volume { get; }

    /// <summary>Height of the reference's plane, mm.</summary>
    public double Level { get; }

    /// <summary>Where the shipped chooser cuts a head that lies straight, among slices 3 mm apart: the true level.</summary>
    public double LevelOf(TurnedHead head)
    {
        var upright = head with { ToHead = AffineTransform3D.Identity };
        var slices = new Volume(
            Enumerable.Range(0, 14).AsParallel().AsOrdered().Select(i => upright.Slice(-14 + 3 * i, thickness: 5)).ToArray());
        return slices[new SliceChooser(Slice).Choose(slices).Index].Position.Z;
    }

    /// <summary>Patient mm of this reference to those of a scan.</summary>
    public AffineTransform3D Register(Volume scan)
    {
        var box = VoxelVolume.Of(new(scan.Select(slice => TurnedHead.At(Masked(slice), slice.Position))));
        if (!Slice.Profile.IsHounsfield)
        {
            var bright = box.Voxels.Where(value => value > 0).Order().ToArray();
            var scale = 1 / bright[(int)(0.99 * (bright.Length - 1))];
            for (var i = 0; i < box.Voxels.Length; i++)
                box.Voxels[i] = Math.Min(1, box.Voxels[i] * scale);
        }
        return LinearVolumeRegistration.Register(Volume, box, new() { ThreeScalesOnly = true }).FixedToMoving;
    }

    private VolumeSlice Masked(VolumeSlice slice) => new()
    {
        Image = Slice.Profile.FindHead(slice.Image, slice.ColumnSpacing, slice.RowSpacing)
            .Apply(Slice.Profile.IsHounsfield ? slice.Image.Map(Unit) : slice.Image, outside: 0),
        Position = slice.Position,
        RowDirection = slice.RowDirection,
        ColumnDirection = slice.ColumnDirection,
        RowSpacing = slice.RowSpacing,
        ColumnSpacing = slice.ColumnSpacing,
    };

    private static float Unit(float hu) => Math.Clamp((hu + 20) / 120, 0, 1);
}
