using Gateway.Imaging.Modalities;
using Gateway.TrainingWorker.Data;
using Gateway.TrainingWorker.Training;

namespace Gateway.TrainingWorker.Tests;

/// <summary>64 x 64 heads of three ellipses, in two modalities; networks narrow enough for seconds.</summary>
internal static class TinyHeads
{
    public const int Size = 64;

    public static Modality T2 => ShippedModalities.T2.Modality;

    public static Modality Ct => ShippedModalities.Ct.Modality;

    public static TrainingOptions Options { get; } = new()
    {
        GeneratorWidth = 4,
        DiscriminatorWidth = 4,
        StepsSmall = 2,
        StepsFull = 2,
        StepsAdversarial = 4,
        SmallSize = 32,
        FullSize = Size,
        CropSize = 32,
        BatchSmall = 2,
        BatchFull = 2,
        CalibrationBatches = 2,
        PenaltyEvery = 2,
        PoolSize = 2,
        IdentityWeight = 1,
        SheetEvery = 1000,
        ProgressEvery = 1,
    };

    public static TrainingData Data()
    {
        var pairs = Enumerable.Range(0, 6).Select(Pair).ToList();
        return new TrainingData
        {
            Sides =
            [
                new() { Profile = ShippedModalities.T2, Train = [pairs[0][T2], pairs[1][T2]], Test = [pairs[4][T2]] },
                new() { Profile = ShippedModalities.Ct, Train = [pairs[2][Ct], pairs[3][Ct]], Test = [pairs[5][Ct]] },
            ],
            PairSets = [new() { Name = "tiny", Train = pairs[..4], Test = pairs[4..] }],
        };
    }

    public static PreparedPair Pair(int subject)
    {
        var (t2, ct) = (new byte[Size * Size], new byte[Size * Size]);
        for (var i = 0; i < t2.Length; i++)
        {
            double x = i % Size - 32 - subject % 3, y = i / Size - 32 + subject % 2;
            var head = Math.Sqrt(x * x / 400 + y * y / 600);
            var ventricle = Math.Pow((Math.Abs(x) - 5) / 3, 2) + Math.Pow(y / (6 + subject), 2) < 1;
            (t2[i], ct[i]) = head > 1.1
                ? ((byte)0, (byte)0) : head > 1 ? ((byte)20, (byte)255) : ventricle ? ((byte)240, (byte)60) : ((byte)110, (byte)120);
        }
        return PairOf(new($"{subject}", Size, t2), new($"{subject}", Size, ct));
    }

    /// <summary>The same with those training pairs alone.</summary>
    public static TrainingData With(params IReadOnlyList<PreparedPair> train) =>
        Data() with { PairSets = [new() { Name = "tiny", Train = train, Test = [Pair(4), Pair(5)] }] };

    public static PreparedPair PairOf(PreparedPicture t2, PreparedPicture ct) =>
        new(new Dictionary<Modality, PreparedPicture> { [T2] = t2, [Ct] = ct });
}
