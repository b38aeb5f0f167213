using System.Numerics;

namespace Gateway.Workshop.LabelHeads;

/// <summary>
/// Where the brain of a label map lies: the point that slices turn around, and the direction of its axes. Label maps were made from scans
/// of any tilt; the plane through both commissures is what axial slices are planned by.
/// </summary>
internal sealed class HeadFrame
{
    /// <summary>How far the reference's level lies above the plane through the commissures, mm: the slices of painted volumes that the
    /// T2 reference chooses lie there.</summary>
    private const float LevelMm = 6;

    /// <summary>Means of deep structures of both sides, mm to the back and to the head from the anterior commissure.</summary>
    private static readonly (ushort Left, ushort Right, float Back, float Up)[] Places =
    [
        (10, 49, 18, 8), (11, 50, -9, 10), (12, 51, -2, 0), (13, 52, 4, -1), (17, 53, 24, -14), (18, 54, 5, -19), (26, 58, -10, -7),
        (16, 16, 28, -33), (15, 15, 46, -32), (8, 47, 63, -35), (28, 60, 16, -8),
    ];

    public HeadFrame(LabelHead head)
    {
        var found = Places.Select(place => (Place: place, At: Middle(head, place.Left, place.Right)))
            .Where(f => f.At is not null).ToArray();
        if (found.Length < 3)
        {
            Centre = new(head.Width / 2f, head.Height / 2f, head.Depth / 2f);
            return;
        }
        var middle = found.Aggregate(Vector3.Zero, (sum, f) => sum + f.At!.Value) / found.Length;
        var (back, up) = (found.Average(f => f.Place.Back), found.Average(f => f.Place.Up));
        var (cross, dot) = (0f, 0f);
        foreach (var (place, at) in found)
        {
            var (y, z, b, u) = (at!.Value.Y - middle.Y, at.Value.Z - middle.Z, place.Back - back, place.Up - up);
            (cross, dot) = (cross + (b * z) - (u * y), dot + (b * y) + (u * z));
        }
        Pitch = MathF.Atan2(cross, dot);
        (Yaw, Roll) = Sideways(head);
        Centre = middle + Vector3.Transform(new(0, 18 - back, LevelMm - up), Turn);
    }

    /// <summary>The middle of the thalami at the reference's level, voxels.</summary>
    public Vector3 Centre { get; }

    /// <summary>Turns, radians: the brain's own axes to those of the label map.</summary>
    public float Pitch { get; }

    public float Yaw { get; }

    public float Roll { get; }

    /// <summary>From axes of the brain (left, back, up) to those of the label map.</summary>
    public Quaternion Turn => Quaternion.Normalize(
        Quaternion.CreateFromAxisAngle(Vector3.UnitZ, Yaw) * Quaternion.CreateFromAxisAngle(Vector3.UnitY, Roll)
        * Quaternion.CreateFromAxisAngle(Vector3.UnitX, Pitch));

    /// <summary>The line from the right hemisphere's middle to the left one's.</summary>
    private static (float Yaw, float Roll) Sideways(LabelHead head)
    {
        if (Middle(head, 2, 3) is not { } left || Middle(head, 41, 42) is not { } right)
            return (0, 0);
        var line = left - right;
        return (MathF.Atan2(line.Y, line.X), -MathF.Atan2(line.Z, line.X));
    }

    private static Vector3? Middle(LabelHead head, ushort one, ushort other)
    {
        var (x, y, z, count) = (0L, 0L, 0L, 0L);
        var labels = head.Labels;
        for (var i = 0; i < labels.Length; i++)
            if (labels[i] == one || labels[i] == other)
            {
                (x, y, z) = (x + (i % head.Width), y + (i / head.Width % head.Height), z + (i / head.Width / head.Height));
                count++;
            }
        return count == 0 ? null : new Vector3(x, y, z) / count;
    }
}
