namespace Gateway.Gates;

/// <summary>What is not a head: a chest with lungs, heart, spine and ribs, or a thigh with its bone.</summary>
internal static class BodyPart
{
    private static readonly (float Hu, float T2) Nothing = (-1000, 0.01f), Fat = (-95, 0.8f), Muscle = (50, 0.2f), Bone =
        (900, 0.03f), Marrow = (150, 0.5f), Lung = (-820, 0.04f), Blood = (42, 0.35f);

    /// <summary>Pictures in the place of a head's.</summary>
    public static Image[] Draw(Volume slices, ModalityProfile profile, bool chest, Random random)
    {
        var size = 0.85 + 0.3 * random.NextDouble();
        var scale = 400 + 800 * random.NextDouble();
        return [.. slices.Select(
            (slice, k) => Draw(
                slice, profile, scale, random, (x, y) => chest ? Chest(x / size, y / size, k) : Thigh(x / size, y / size)))];
    }

    private static Image Draw(
        VolumeSlice plane, ModalityProfile profile, double scale, Random random, Func<double, double, (float Hu, float T2)> at)
    {
        var image = new Image(plane.Width, plane.Height);
        for (var y = 0; y < plane.Height; y++)
        {
            for (var x = 0; x < plane.Width; x++)
            {
                var (hu, t2) = at((x - plane.Width / 2.0) * plane.ColumnSpacing, (y - plane.Height / 2.0) * plane.RowSpacing);
                var noise = random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5;
                image[x, y] = (float)(profile.IsHounsfield ? Math.Max(-1024, hu + 6 * noise) : scale * Math.Abs(t2 + 0.03 * noise));
            }
        }
        return GaussianFilter.Apply(image, 0.7, 0.7);
    }

    private static (float, float) Chest(double x, double y, int slice)
    {
        var (outline, lungs) = (Ellipse(x, y, 0, 0, 104, 76), 1 - 0.01 * slice);
        if (outline > 1)
            return Nothing;
        if (Ellipse(x, y, 0, 52, 14, 13) < 1)
            return Ellipse(x, y, 0, 52, 11, 10) < 1 ? Marrow : Bone;
        if (Ellipse(x, y, 12, -18, 34 * lungs, 28) < 1)
            return Blood;
        if (Ellipse(Math.Abs(x), y, 50, 2, 36 * lungs, 50 * lungs) < 1)
            return Lung;
        return outline > 0.88 ? Fat : outline is > 0.72 and < 0.78 && Math.Sin(9 * Math.Atan2(y, x)) > 0.3 ? Bone : Muscle;
    }

    private static (float, float) Thigh(double x, double y)
    {
        var (outline, bone) = (Ellipse(x, y, 0, 0, 76, 80), Ellipse(x, y, 6, 4, 15, 15));
        return outline > 1 ? Nothing : bone < 0.45 ? Marrow : bone < 1 ? Bone : outline > 0.8 ? Fat : Muscle;
    }

    private static double Ellipse(double x, double y, double middleX, double middleY, double a, double b) =>
        (x - middleX) * (x - middleX) / (a * a) + (y - middleY) * (y - middleY) / (b * b);
}
