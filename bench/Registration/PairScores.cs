namespace Gateway.RegistrationBench;

/// <summary>How good a map is.</summary>
internal sealed record PairScores
{
    public required string Program { get; init; }

    public required Pair Pair { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Mean target registration error over the fixed head, pixels; NaN where no truth is known.</summary>
    public required double Tre { get; init; }

    /// <summary>Error not exceeded by 95 % of the head's pixels.</summary>
    public required double Tre95 { get; init; }

    /// <summary>SSIM of the moved picture with the fixed one over the fixed head.</summary>
    public required double Ssim { get; init; }

    /// <summary>Share of the head's pixels whose area became 0 or negative.</summary>
    public required double Folds { get; init; }

    public required double LeastJacobian { get; init; }

    public required double MostJacobian { get; init; }

    /// <summary>Mean |T(T⁻¹(p)) - p| over the moving head, pixels; NaN without an inverse.</summary>
    public required double InverseError { get; init; }

    public static PairScores Of(string program, Pair pair, FoundMap found)
    {
        var inside = Enumerable.Range(0, pair.Mask.Pixels.Length).Where(i => pair.Mask.Pixels[i]).ToArray();
        var jacobian = found.Forth.Jacobian();
        var areas = inside.Select(i => jacobian.Pixels[i]).ToArray();
        var errors = pair.Truth is null ? null : inside.Select(i => Error(i, found.Forth, pair.Truth)).Order().ToArray();
        return new()
        {
            Program = program,
            Pair = pair,
            Seconds = found.Seconds,
            Tre = errors?.Average() ?? double.NaN,
            Tre95 = errors?[(int)(0.95 * errors.Length)] ?? double.NaN,
            Ssim = StructuralSimilarity.Of(Moved(pair, found.Forth), pair.Fixed, mask: pair.Mask),
            Folds = areas.Count(area => area <= 0) / (double)areas.Length,
            LeastJacobian = areas.Min(),
            MostJacobian = areas.Max(),
            InverseError = found.Back is null ? double.NaN : Inverse(pair, found),
        };
    }

    public static Image Moved(Pair pair, DisplacementField2D field)
    {
        var result = new Image(Reference.Side, Reference.Side);
        for (var i = 0; i < result.Pixels.Length; i++)
            result.Pixels[i] = At(pair.Moving.Normalised, i % Reference.Side + field.X[i], i / Reference.Side + field.Y[i]);
        return result;
    }

    private static double Error(int i, DisplacementField2D found, RandomWarp truth)
    {
        var (x, y) = (i % Reference.Side, i / Reference.Side);
        var (tx, ty) = truth.Apply(x, y);
        return Math.Sqrt(Math.Pow(x + found.X[i] - tx, 2) + Math.Pow(y + found.Y[i] - ty, 2));
    }

    private static double Inverse(Pair pair, FoundMap found)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < pair.Moving.Mask.Pixels.Length; i++)
        {
            if (!pair.Moving.Mask.Pixels[i])
                continue;
            var (x, y) = ((double)(i % Reference.Side), (double)(i / Reference.Side));
            var (px, py) = (x + found.Back!.X[i], y + found.Back.Y[i]);
            if (!(px >= 0 && py >= 0 && px <= Reference.Side - 1 && py <= Reference.Side - 1))
                continue;
            var (qx, qy) = found.Forth.Apply(px, py);
            (sum, count) = (sum + Math.Sqrt((qx - x) * (qx - x) + (qy - y) * (qy - y)), count + 1);
        }
        return sum / count;
    }

    private static float At(Image image, double x, double y)
    {
        var (left, top) = ((int)Math.Floor(x), (int)Math.Floor(y));
        if (left < 0 || top < 0 || left >= image.Width - 1 || top >= image.Height - 1)
            return 0;
        var (fx, fy) = ((float)(x - left), (float)(y - top));
        var upper = image[left, top] + fx * (image[left + 1, top] - image[left, top]);
        var lower = image[left, top + 1] + fx * (image[left + 1, top + 1] - image[left, top + 1]);
        return upper + fy * (lower - upper);
    }
}
