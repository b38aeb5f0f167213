using Gateway.Imaging.Modalities;
using Gateway.TrainingWorker.Onnx;
using Google.Protobuf;

namespace Gateway.EndToEnd.Tests.ThirdPair;

/// <summary>A network whose picture is the one it was given.</summary>
internal static class IdentityModel
{
    public static void Write(string path, Direction direction)
    {
        using var graph = new OnnxGraph(half: false);
        graph.Node("Identity", ["input"], "output");
        var model = graph.Model("Identity", "gateway", new Dictionary<string, string>
        {
            ["direction"] = direction.Name,
            ["hu_low"] = "-20",
            ["hu_high"] = "100",
            ["model"] = "identity",
            ["version"] = "1",
        });
        File.WriteAllBytes(path, model.ToByteArray());
    }
}
