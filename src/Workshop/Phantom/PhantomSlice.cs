using System.Numerics;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Volumes;

namespace Gateway.Workshop.Phantom;

/// <summary>One slice of one head in both modalities, with the truth. All arrays are row-major, width x height.</summary>
public sealed record PhantomSlice
{
    public required PhantomPlane Plane { get; init; }

    /// <summary>T2 signal in arbitrary units, &gt;= 0; CSF is 400 to 1500.</summary>
    public required float[] T2 { get; init; }

    /// <summary>CT in HU, table included.</summary>
    public required float[] Ct { get; init; }

    /// <summary>The main tissue of every pixel.</summary>
    public required Tissue[] Labels { get; init; }

    /// <summary>True inside the skin, air in sinuses included.</summary>
    public required bool[] Head { get; init; }

    /// <summary>T2 as 0..255 between the 0.5th and 99.5th percentile of the head; 0 outside it.</summary>
    public Image T2Picture()
    {
        var inside = T2.Where((_, i) => Head[i]).Order().ToArray();
        if (inside.Length == 0)
            return new Image(Plane.Width, Plane.Height);
        var low = inside[(int)(0.005 * (inside.Length - 1))];
        var high = inside[(int)(0.995 * (inside.Length - 1))];
        return Picture(T2, low, Math.Max(high, low + 1e-3f));
    }

    /// <summary>CT as 0..255 over a window in HU. It is 0 outside the head, so the table is not visible.</summary>
    public Image CtPicture(float low = -20, float high = 100) => Picture(Ct, low, high);

    /// <summary>The picture of one modality.</summary>
    /// <exception cref="KeyNotFoundException">Phantoms are drawn in two modalities only.</exception>
    public float[] Values(Modality modality) => new Dictionary<Modality, float[]>
    {
        [ShippedModalities.T2.Modality] = T2,
        [ShippedModalities.Ct.Modality] = Ct,
    }[modality];

    /// <summary>The slice as one of a volume: T2 unchanged, or CT in HU.</summary>
    public VolumeSlice ToVolumeSlice(Modality modality) => new()
    {
        Image = new(Plane.Width, Plane.Height, Values(modality)),
        Position = Wide(Plane.Origin),
        RowDirection = Wide(Plane.Row),
        ColumnDirection = Wide(Plane.Column),
        RowSpacing = Plane.Spacing,
        ColumnSpacing = Plane.Spacing,
    };

    private static Vector3D Wide(Vector3 vector) => new(vector.X, vector.Y, vector.Z);

    private Image Picture(float[] values, float low, float high)
    {
        var scale = 255 / (high - low);
        var picture = new Image(Plane.Width, Plane.Height);
        for (var i = 0; i < values.Length; i++)
            picture.Pixels[i] = Head[i] ? Math.Clamp((values[i] - low) * scale, 0, 255) : 0;
        return picture;
    }
}
