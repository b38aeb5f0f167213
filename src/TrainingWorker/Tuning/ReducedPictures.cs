using Gateway.TrainingWorker.Data;

namespace Gateway.TrainingWorker.Tuning;

/// <summary>Smaller pictures for smaller networks.</summary>
internal static class ReducedPictures
{
    /// <summary>All pictures shrunk by means, and maps of codes by every n-th pixel. Rule-made pairs are left out.</summary>
    /// <param name="size">Pixels a side; divides that of the pictures.</param>
    /// <exception cref="InvalidDataException">It does not.</exception>
    public static TrainingData Of(TrainingData data, int size) => new()
    {
        Sides = [.. data.Sides.Select(side => side with { Train = All(side.Train, size), Test = All(side.Test, size) })],
        PairSets =
        [
            .. data.PairSets.Select(set => new PairSet { Name = set.Name, Train = All(set.Train, size), Test = All(set.Test, size) }),
        ],
    };

    private static PreparedPicture[] All(IReadOnlyList<PreparedPicture> pictures, int size) =>
        [.. pictures.AsParallel().AsOrdered().Select(picture => Means(picture, size))];

    private static PreparedPair[] All(IReadOnlyList<PreparedPair> pairs, int size) =>
        [.. pairs.AsParallel().AsOrdered().Select(pair => pair.Map(picture => Means(picture, size), codes => Codes(codes, size)))];

    private static PreparedPicture Means(PreparedPicture picture, int size)
    {
        var factor = Factor(picture, size);
        var (values, stored) = (new float[picture.Size * picture.Size], new short[size * size]);
        picture.CopyTo(values);
        for (var y = 0; y < size; y++)
            for (var x = 0; x < size; x++)
            {
                var sum = 0f;
                for (var i = 0; i < factor * factor; i++)
                    sum += values[(factor * y + i / factor) * picture.Size + factor * x + i % factor];
                stored[y * size + x] = (short)MathF.Round(Math.Clamp(sum / (factor * factor), -1, 1) * short.MaxValue);
            }
        return new(picture.Name, size, stored);
    }

    private static PreparedPicture Codes(PreparedPicture codes, int size)
    {
        var factor = Factor(codes, size);
        var kept = new byte[size * size];
        for (var i = 0; i < kept.Length; i++)
            kept[i] = codes.Codes[factor * (i / size) * codes.Size + factor * (i % size)];
        return new(codes.Name, size, kept);
    }

    private static int Factor(PreparedPicture picture, int size) => picture.Size % size == 0
        ? picture.Size / size : throw new InvalidDataException($"{picture.Name} is {picture.Size} pixels wide, no multiple of {size}.");
}
