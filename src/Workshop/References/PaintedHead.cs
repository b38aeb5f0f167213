using Gateway.Imaging.Grids;
using Gateway.Imaging.Registration;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;
using Gateway.Workshop.LabelHeads;

namespace Gateway.Workshop.References;

/// <summary>One head of those that a mean is made of.</summary>
internal sealed class PaintedHead
{
    private const int Block = (int)MeanHeadBuilder.StepMm;

    private readonly VoxelVolume[] _grey;
    private readonly AffineTransform3D _toVoxels;

    /// <param name="scan">Its slices lie as far apart as the mean's planes.</param>
    /// <param name="references">In whose modalities it is averaged.</param>
    public PaintedHead(LabelScan scan, IReadOnlyList<Reference> references)
    {
        var heads = references.Select(reference => Found(scan, reference)).ToArray();
        (Heads, Middle) = (heads[0], scan.Middle);
        _grey = Array.ConvertAll(heads, Grey);
        _toVoxels = _grey[0].ToPatient.Invert();
    }

    /// <summary>In the first modality, from the feet.</summary>
    public (HeadSlice Head, double Height)[] Heads { get; }

    /// <summary>The middle of the thalami.</summary>
    public Vector3D Middle { get; }

    /// <summary>Grey of a modality at a place, [0, 1]; null below the lowest slice.</summary>
    public float? At(int modality, Vector3D place)
    {
        var (grey, at) = (_grey[modality], _toVoxels.Apply(place));
        var (x, y, z) = ((int)Math.Floor(at.X), (int)Math.Floor(at.Y), (int)Math.Floor(at.Z));
        if (z < 0)
            return null;
        if (x < 0 || y < 0 || x >= grey.Width - 1 || y >= grey.Height - 1 || z >= grey.Depth - 1)
            return 0;
        var sum = 0.0;
        for (var corner = 0; corner < 8; corner++)
        {
            var (i, j, k) = (x + (corner & 1), y + ((corner >> 1) & 1), z + (corner >> 2));
            sum += (1 - Math.Abs(at.X - i)) * (1 - Math.Abs(at.Y - j)) * (1 - Math.Abs(at.Z - k)) * grey[i, j, k];
        }
        return (float)sum;
    }

    private static (HeadSlice Head, double Height)[] Found(LabelScan scan, Reference reference)
    {
        var volume = scan.Volume(reference.Profile.Modality);
        return SliceWork.InParallel(
            Enumerable.Range(0, volume.Count), i => (new HeadSlice(volume[i], reference.Profile, reference.Window), volume.Height(i)));
    }

    private static VoxelVolume Grey((HeadSlice Head, double Height)[] heads)
    {
        var (first, grey) = (heads[0].Head.Slice, CommonGrey.Of([.. heads.Select(at => at.Head)]));
        var (width, height) = (first.Width / Block, first.Height / Block);
        var box = new VoxelVolume(width, height, heads.Length, new(
            first.RowDirection * (Block * first.ColumnSpacing), first.ColumnDirection * (Block * first.RowSpacing),
            new(0, 0, MeanHeadBuilder.StepMm), first.ToPatient((Block - 1) / 2.0, (Block - 1) / 2.0)));
        for (var z = 0; z < heads.Length; z++)
        {
            var picture = grey(heads[z].Head);
            for (var i = 0; i < picture.Pixels.Length; i++)
            {
                var (x, y) = (i % picture.Width / Block, i / picture.Width / Block);
                if (x < width && y < height)
                    box[x, y, z] += picture.Pixels[i] / (Block * Block);
            }
        }
        return box;
    }
}
