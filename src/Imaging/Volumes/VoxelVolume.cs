using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Volumes;

/// <summary>A box of samples at even steps, in the modality's units (HU for CT, raw for MR), with its place in the patient.</summary>
public sealed class VoxelVolume
{
    /// <summary>Most slices that an uneven stack is resampled to.</summary>
    private const int MostSlices = 1024;

    /// <param name="width">Voxels along the first index, which runs fastest.</param>
    /// <param name="height">Voxels along the second index.</param>
    /// <param name="depth">Voxels along the third index.</param>
    /// <param name="toPatient">Voxel indices (centres at whole numbers) to patient LPS mm. Shear, as from
    /// a tilted gantry, is allowed.</param>
    /// <param name="voxels">width x height x depth samples; null for new ones, all 0.</param>
    /// <exception cref="ArgumentException">The array has another length.</exception>
    public VoxelVolume(int width, int height, int depth, AffineTransform3D toPatient, float[]? voxels = null)
    {
        (Width, Height, Depth, ToPatient) = (width, height, depth, toPatient);
        Voxels = voxels ?? new float[checked(width * height * depth)];
        if (Voxels.Length != checked(width * height * depth))
            throw new ArgumentException($"{Voxels.Length} samples for {width} x {height} x {depth} voxels.", nameof(voxels));
    }

    public int Width { get; }

    public int Height { get; }

    public int Depth { get; }

    /// <summary>Voxel indices (centres at whole numbers) to patient LPS, mm (PS3.3 C.7.6.2.1.1).</summary>
    public AffineTransform3D ToPatient { get; }

    /// <summary>The first index runs fastest.</summary>
    public float[] Voxels { get; }

    public float this[int x, int y, int z]
    {
        get => Voxels[(z * Height + y) * Width + x];
        set => Voxels[(z * Height + y) * Width + x] = value;
    }

    /// <summary>Distance between neighbouring voxels along each index, mm.</summary>
    public (double X, double Y, double Z) Spacing => (ToPatient.X.Length, ToPatient.Y.Length, ToPatient.Z.Length);

    public ReadOnlySpan<float> Plane(int z) => Voxels.AsSpan(z * Width * Height, Width * Height);

    /// <summary>The slices as one box. An even stack keeps its samples; a tilted gantry gives a sheared box.
    /// An uneven stack is interpolated
    /// between neighbouring slices at their smallest distance, to at most 1024 slices.</summary>
    public static VoxelVolume Of(Volume volume)
    {
        var (first, last, count) = (volume[0], volume[^1], volume.Count);
        var (bottom, extent) = (volume.Height(0), volume.Height(count - 1) - volume.Height(0));
        var smallest = Enumerable.Range(1, count - 1).Select(i => volume.Height(i) - volume.Height(i - 1)).DefaultIfEmpty(1).Min();
        var even = Enumerable.Range(0, count).All(i => (At(i) - volume[i].Position).Length < 0.02 * volume.UsualSpacing + 1e-9);
        var depth = even ? count : Math.Min(MostSlices, (int)Math.Round(extent / smallest) + 1);
        var step = depth > 1 ? (last.Position - first.Position) / (depth - 1) : volume.Up;
        var box = new VoxelVolume(first.Image.Width, first.Image.Height, depth, new(
            first.RowDirection * first.ColumnSpacing, first.ColumnDirection * first.RowSpacing, step, first.Position));
        for (int z = 0, below = 0; z < depth; z++)
        {
            var plane = box.Voxels.AsSpan(z * first.Image.Pixels.Length, first.Image.Pixels.Length);
            if (even)
            {
                volume[z].Image.Pixels.CopyTo(plane);
                continue;
            }
            var height = bottom + extent * z / (depth - 1);
            while (below < count - 2 && volume.Height(below + 1) <= height)
                below++;
            var share = (height - volume.Height(below)) / (volume.Height(below + 1) - volume.Height(below));
            AddShare(plane, below, 1 - share);
            AddShare(plane, below + 1, share);
        }
        return box;

        Vector3D At(int i) => first.Position + (count > 1 ? (last.Position - first.Position) * ((double)i / (count - 1)) : default);

        void AddShare(Span<float> plane, int i, double share) =>
            Add(plane, volume[i], first.Position + (last.Position - first.Position) * ((volume.Height(i) - bottom) / extent)
                - volume[i].Position, (float)share);
    }

    /// <summary>Adds a share of a slice, moved within its plane by its distance from the line between the first
    /// slice and the last.</summary>
    private static void Add(Span<float> plane, VolumeSlice slice, Vector3D offset, float share)
    {
        var (x, y) = (offset.Dot(slice.RowDirection) / slice.ColumnSpacing, offset.Dot(slice.ColumnDirection) / slice.RowSpacing);
        var (width, height) = (slice.Image.Width, slice.Image.Height);
        var moved = Math.Abs(x) + Math.Abs(y) < 0.01
            ? slice.Image
            : Resampler.Bilinear(slice.Image, AffineTransform2D.Translation(x, y), width, height, slice.Image[0, 0]);
        for (var i = 0; i < plane.Length; i++)
            plane[i] += share * moved.Pixels[i];
    }

    /// <summary>Slices from the feet to the head, rows from front to back, columns from the patient's right to the left, as nearly as
    /// swaps and flips of the axes give it.</summary>
    public Volume ToSlices()
    {
        var (x, y, z) = AxialOrder();
        var origin = ToPatient.Origin + x.Start + y.Start + z.Start;
        var slices = new List<VolumeSlice>(z.Length);
        for (var k = 0; k < z.Length; k++)
        {
            var image = new Image(x.Length, y.Length);
            for (var j = 0; j < y.Length; j++)
            {
                var row = z.Offset(k) + y.Offset(j);
                for (var i = 0; i < x.Length; i++)
                    image[i, j] = Voxels[row + x.Offset(i)];
            }
            slices.Add(new()
            {
                Image = image,
                Position = origin + z.Step * k,
                RowDirection = x.Step.Unit(),
                ColumnDirection = y.Step.Unit(),
                RowSpacing = y.Step.Length,
                ColumnSpacing = x.Step.Length,
            });
        }
        return new(slices);
    }

    /// <summary>The voxel axis nearest to feet-head becomes the slice axis. Of the other two, the one nearest
    /// to left-right becomes the column
    /// axis.</summary>
    private (Axis X, Axis Y, Axis Z) AxialOrder()
    {
        Axis[] axes = [new(ToPatient.X, Width, 1), new(ToPatient.Y, Height, Width), new(ToPatient.Z, Depth, Width * Height)];
        var z = axes.MaxBy(axis => Math.Abs(axis.Forward.Unit().Z));
        var rest = axes.Where(axis => axis != z).ToArray();
        var x = Math.Abs(rest[0].Forward.Unit().X) >= Math.Abs(rest[1].Forward.Unit().X) ? rest[0] : rest[1];
        var y = rest[0] == x ? rest[1] : rest[0];
        return (x with { Reversed = x.Forward.X < 0 }, y with { Reversed = y.Forward.Y < 0 }, z with { Reversed = z.Forward.Z < 0 });
    }

    private readonly record struct Axis(Vector3D Forward, int Length, int Stride, bool Reversed = false)
    {
        public Vector3D Step => Reversed ? -Forward : Forward;

        public Vector3D Start => Reversed ? Forward * (Length - 1) : default;

        public int Offset(int position) => (Reversed ? Length - 1 - position : position) * Stride;
    }
}
