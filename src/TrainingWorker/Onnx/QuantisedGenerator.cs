using System.Security.Cryptography;
using Gateway.Imaging.Modalities;
using Gateway.Workshop.Scores;
using Gateway.Workshop.TrainingSets;

namespace Gateway.TrainingWorker.Onnx;

/// <summary>A generator's copy in 8 bits, judged on phantoms beside the generator.</summary>
internal sealed record QuantisedGenerator
{
    /// <summary>Seeds that nothing else is trained on or judged by.</summary>
    private const ulong FirstCalibrated = 1UL << 62, FirstJudged = FirstCalibrated + 1_000_000;

    /// <summary>What it has to keep to.</summary>
    public required IReadOnlyList<QuantisedGate> Gates { get; init; }

    /// <summary>The copy's file.</summary>
    public required byte[] File { get; init; }

    /// <summary>A judged slice each.</summary>
    public required IReadOnlyList<QuantisedLikeness> Slices { get; init; }

    /// <summary>The pairs it was judged on.</summary>
    public required IReadOnlyList<HeldOutPair> Pairs { get; init; }

    /// <param name="model">The generator's file.</param>
    /// <param name="phantoms">That it is judged on; half as many more calibrate it.</param>
    /// <param name="cancel">Between two phantoms.</param>
    /// <exception cref="InvalidDataException">The model is no generator of ours in float32, or of a pair or a window that phantoms are not
    /// painted in.</exception>
    public static QuantisedGenerator Of(byte[] model, int phantoms, CancellationToken cancel)
    {
        using var full = new GeneratorSession(model);
        if (full.Window != PairFolder.Window || ShippedModalities.Table.Find(full.Direction.From) is null
            || ShippedModalities.Table.Find(full.Direction.To) is null)
            throw new InvalidDataException(
                $"Phantoms are T2 and CT of {PairFolder.Window.Low} to {PairFolder.Window.High} HU: this model cannot be judged by them.");
        var graph = new GeneratorGraph(model);
        var calibration = Phantoms(full.Direction, FirstCalibrated, (phantoms + 1) / 2, cancel)
            .Select(pair => pair.Slice(full.Direction).Source);
        var file = Quantiser.Quantise(
            graph, GridCalibration.Of(graph, [.. calibration]), Convert.ToHexStringLower(SHA256.HashData(model)));
        using var coarse = new GeneratorSession(file);
        var pairs = Phantoms(full.Direction, FirstJudged, phantoms, cancel);
        QuantisedLikeness[] slices = [.. pairs.Select(pair => QuantisedLikeness.Of(pair, full, coarse))];
        return new() { Gates = QuantisedGate.Of(slices, full), File = file, Slices = slices, Pairs = pairs };
    }

    private static IReadOnlyList<HeldOutPair> Phantoms(Direction direction, ulong seed, int count, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("gateway-phantoms-").FullName;
        try
        {
            PhantomTrainingSet.Write(new() { Output = folder, Count = count, FirstSeed = seed, IllChance = 1 }, cancel);
            return PairFolder.Read(folder, direction);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
