using System.Security.Cryptography;
using Gateway.Imaging.Modalities;
using Gateway.TrainingWorker.Weights;

namespace Gateway.TrainingWorker.Training;

/// <summary>What a run begins from that goes on from others: averages of a checkpoint, or an exported model.</summary>
internal static class StartingWeights
{
    private const string Exported = ".onnx";

    /// <summary>Digests of the files, for the recipe.</summary>
    public static IReadOnlyList<string> Digests(IReadOnlyList<string> files) =>
        [.. files.Select(file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))))];

    /// <summary>Fills each generator and its average from the file that holds its direction.</summary>
    /// <exception cref="InvalidDataException">A direction is in none of the files or in two, or a network is of another shape.</exception>
    public static void Fill(TrainingState state, IReadOnlyList<string> files)
    {
        foreach (var way in state.Ways)
        {
            var holding = files.Where(file => Directions(file).Any(direction => direction.Name == way.Direction.Name)).ToList();
            if (holding is not [var file])
                throw new InvalidDataException($"{holding.Count} of the files to begin from hold {way.Direction}; one should.");
            Fill(way, file);
            WeightAverage.Copy(way.Average, way.Generator);
        }
    }

    private static IReadOnlyList<Direction> Directions(string file) => IsExported(file)
        ? [Direction.Parse(FoldedGenerator.Read(File.ReadAllBytes(file)).Info.Direction)]
        : Checkpoint.Options(file).Trained;

    private static bool IsExported(string file) => file.EndsWith(Exported, StringComparison.OrdinalIgnoreCase);

    private static void Fill(TrainedWay way, string path)
    {
        if (IsExported(path))
        {
            FoldedWeights.Fill(way.Average, FoldedGenerator.Read(File.ReadAllBytes(path)));
            return;
        }
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var quiet = TorchSharp.torch.no_grad();
        using var file = SafetensorsFile.Open(path);
        foreach (var (name, value) in way.Averages())
            file.CopyTo(name, value);
    }
}
