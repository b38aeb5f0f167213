using System.Numerics;

namespace Gateway.Workshop.Pathology;

/// <summary>Where the parts of one head lie: what pathology is drawn into. A single slice is a grid of depth 1.</summary>
/// <remarks>Coordinates are mm along the grid's axes: x to the patient's left, y to the back, z up. Standard coordinates are those of
/// the MNI brain (x to the right, y to the front, z up; mm), by the boxes around both cerebra.</remarks>
public sealed class Anatomy
{
    // The box of the cerebrum in MNI152, mm.
    private static readonly Vector3 StandardCentre = new(0, -16, 17);
    private static readonly Vector3 StandardHalf = new(70, 88, 63);

    /// <summary>Width x height x depth values, x fastest.</summary>
    public required Place[] Voxels { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required int Depth { get; init; }

    /// <summary>Size of a voxel, mm.</summary>
    public required Vector3 Spacing { get; init; }

    /// <summary>Centre of the first voxel, mm.</summary>
    public Vector3 Origin { get; init; }

    /// <summary>Middle of the box around the cerebrum, mm.</summary>
    public required Vector3 Centre { get; init; }

    /// <summary>Half the extent of the box around the cerebrum, mm.</summary>
    public required Vector3 Half { get; init; }

    public Place this[int x, int y, int z] => Voxels[Index(x, y, z)];

    /// <summary>The anatomy of a whole head: the box is found from the cerebral places, without the outermost 0.2 % of them at
    /// each side.</summary>
    /// <exception cref="ArgumentException">There is no cerebrum.</exception>
    public static Anatomy OfHead(Place[] places, int width, int height, int depth, float spacing = 1)
    {
        int[][] counts = [new int[width], new int[height], new int[depth]];
        for (var i = 0; i < places.Length; i++)
        {
            if (!Places.IsCerebrum(places[i]))
                continue;
            counts[0][i % width]++;
            counts[1][i / width % height]++;
            counts[2][i / width / height]++;
        }
        if (counts[0].Sum() == 0)
            throw new ArgumentException("There is no cerebrum.", nameof(places));
        var ends = Array.ConvertAll(counts, Ends);
        return new()
        {
            Voxels = places,
            Width = width,
            Height = height,
            Depth = depth,
            Spacing = new(spacing),
            Centre = spacing / 2 * new Vector3(ends[0].Low + ends[0].High, ends[1].Low + ends[1].High, ends[2].Low + ends[2].High),
            Half = spacing / 2 * new Vector3(ends[0].High - ends[0].Low, ends[1].High - ends[1].Low, ends[2].High - ends[2].Low),
        };
    }

    public int Index(int x, int y, int z) => (z * Height + y) * Width + x;

    /// <summary>Centre of a voxel, mm.</summary>
    public Vector3 At(int x, int y, int z) => Origin + new Vector3(x, y, z) * Spacing;

    /// <summary>The place at a point (mm); <see cref="Place.Outside"/> beyond the grid. In a single slice z is not looked at.</summary>
    public Place PlaceAt(Vector3 point)
    {
        var v = (point - Origin) / Spacing;
        var (x, y, z) = ((int)MathF.Round(v.X), (int)MathF.Round(v.Y), Depth == 1 ? 0 : (int)MathF.Round(v.Z));
        return x < 0 || y < 0 || z < 0 || x >= Width || y >= Height || z >= Depth ? Place.Outside : this[x, y, z];
    }

    public Vector3 ToStandard(Vector3 point) =>
        StandardCentre + (point - Centre) / Half * StandardHalf * new Vector3(-1, -1, 1);

    public Vector3 FromStandard(Vector3 standard) =>
        Centre + (standard - StandardCentre) / StandardHalf * Half * new Vector3(-1, -1, 1);

    /// <summary>The anatomy after tissue was moved: every voxel takes what was at its source.</summary>
    public Anatomy Moved(MassEffect effect)
    {
        var moved = (Place[])Voxels.Clone();
        Parallel.For(0, Depth, z =>
        {
            for (var y = 0; y < Height; y++)
                for (var x = 0; x < Width; x++)
                {
                    if (!Places.IsIntracranial(this[x, y, z]))
                        continue;
                    var place = PlaceAt(effect.Source(At(x, y, z)));
                    if (Places.IsIntracranial(place))
                        moved[Index(x, y, z)] = place;
                }
        });
        return With(moved);
    }

    private Anatomy With(Place[] places) => new()
    {
        Voxels = places,
        Width = Width,
        Height = Height,
        Depth = Depth,
        Spacing = Spacing,
        Origin = Origin,
        Centre = Centre,
        Half = Half,
    };

    private static (float Low, float High) Ends(int[] counts)
    {
        var few = 0.002 * counts.Sum();
        return (First(counts, few), counts.Length - 1 - First([.. counts.Reverse()], few));
    }

    private static int First(int[] counts, double few)
    {
        var (sum, i) = (0.0, 0);
        while ((sum += counts[i]) <= few)
            i++;
        return i;
    }
}
