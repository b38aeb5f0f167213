using Gateway.TrainingWorker.Onnx.Schema;
using Gateway.Imaging.Grids;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace Gateway.TrainingWorker.Onnx;

/// <summary>Finds the grids of a generator's pictures from what runs through it in float32.</summary>
internal static class GridCalibration
{
    /// <param name="graph">The generator.</param>
    /// <param name="slices">256 x 256 in [-1, 1].</param>
    public static IReadOnlyDictionary<string, CodeGrid> Of(GeneratorGraph graph, IReadOnlyList<Image> slices)
    {
        var names = graph.Pictures.ToList();
        using var session = Watched(graph.Model, names);
        var histograms = names.ToDictionary(name => name, _ => new ValueHistogram());
        foreach (var slice in slices)
            Look(session, names, slice, (name, values) => histograms[name].Widen(values));
        foreach (var slice in slices)
            Look(session, names, slice, (name, values) => histograms[name].Count(values));
        var grids = histograms.ToDictionary(pair => pair.Key, pair => pair.Value.Best());
        // These only move values: with one grid on both sides they move codes.
        foreach (var node in graph.Nodes.Where(node => node.OpType is "MaxPool" or "Resize"))
            grids[node.Output[0]] = grids[node.Input[0]];
        return grids;
    }

    private static InferenceSession Watched(ModelProto model, List<string> names)
    {
        var watched = model.Clone();
        watched.Graph.Output.Add(names.Select(name => new ValueInfoProto { Name = name }));
        using var options = new Microsoft.ML.OnnxRuntime.SessionOptions { IntraOpNumThreads = 1 };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return new(watched.ToByteArray(), options);
    }

    private static void Look(InferenceSession session, List<string> names, Image slice, Action<string, ReadOnlySpan<float>> look)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(slice.Pixels, [1, 1, slice.Height, slice.Width]);
        using var run = new RunOptions();
        using var results = session.Run(run, ["input"], [input], names);
        for (var i = 0; i < names.Count; i++)
            look(names[i], results[i].GetTensorDataAsSpan<float>());
    }
}
