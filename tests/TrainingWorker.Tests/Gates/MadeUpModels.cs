using System.Runtime.InteropServices;
using Gateway.Imaging.Modalities;
using Gateway.Testing;
using Gateway.TrainingWorker.Onnx;
using Gateway.TrainingWorker.Onnx.Schema;
using Google.Protobuf;

namespace Gateway.TrainingWorker.Tests.Gates;

/// <summary>Model files that a training could have gone wrong into, small ones or made of a shipped one.</summary>
internal static class MadeUpModels
{
    public static Direction ToCt { get; } = Direction.Parse("t2-ct");

    public static Direction ToT2 { get; } = Direction.Parse("ct-t2");

    public static byte[] Shipped(Direction direction) =>
        File.ReadAllBytes(Path.Combine(Repository.Root, "models", direction.Name + ".onnx"));

    /// <summary>Both directions by one function.</summary>
    public static Dictionary<Direction, byte[]> Pair(Func<Direction, byte[]> file) => new() { [ToCt] = file(ToCt), [ToT2] = file(ToT2) };

    /// <summary>output = factor x input + offset.</summary>
    public static byte[] Linear(Direction direction, float factor, float offset, Action<ModelProto>? change = null)
    {
        using var graph = new OnnxGraph(half: false);
        graph.Conv("input", [factor], [1, 1, 1, 1], [offset], stride: 1, padding: 0);
        var model = graph.Model("Linear", "gateway", Metadata(direction));
        model.Graph.Node[^1].Output[0] = "output";
        change?.Invoke(model);
        return model.ToByteArray();
    }

    /// <summary>The first output = factor x the slice; the second is no picture that anybody should be shown.</summary>
    public static byte[] OfTwoPlanes(Direction direction, float factor)
    {
        using var graph = new OnnxGraph(half: false);
        graph.Conv("input", [factor, 0.2f], [2, 1, 1, 1], [0, 0.1f], stride: 1, padding: 0);
        var model = graph.Model("Linear", "gateway", Metadata(direction));
        model.Graph.Node[^1].Output[0] = "output";
        model.Graph.Output[0].Type.TensorType.Shape.Dim[1] = new() { DimValue = 2 };
        return model.ToByteArray();
    }

    public static byte[] Changed(byte[] file, Action<ModelProto> change)
    {
        var model = ModelProto.Parser.ParseFrom(file);
        change(model);
        return model.ToByteArray();
    }

    public static void Name(ModelProto model, Direction direction) =>
        model.MetadataProps.Single(entry => entry.Key == "direction").Value = direction.Name;

    /// <summary>A bright disc at one place of every picture.</summary>
    public static void Invent(ModelProto model)
    {
        var disc = new float[256 * 256];
        for (var i = 0; i < disc.Length; i++)
            disc[i] = Math.Pow(i % 256 - 150, 2) + Math.Pow(i / 256 - 110, 2) < 25 ? 0.8f : 0;
        After(model, disc, [1, 1, 256, 256], "Add");
    }

    /// <summary>Blurs the picture by a mean over so many pixels.</summary>
    public static void Blur(ModelProto model, int side)
    {
        var channels = Math.Max(1, (int)model.Graph.Output[0].Type.TensorType.Shape.Dim[1].DimValue);
        After(
            model, [.. Enumerable.Repeat(1f / (side * side), channels * side * side)], [channels, 1, side, side], "Conv",
            OnnxGraph.Integers("pads", side / 2, side / 2, side / 2, side / 2), OnnxGraph.Integer("group", channels));
    }

    /// <summary>Changes every weight by a small random share of itself.</summary>
    public static void Perturb(ModelProto model, double share)
    {
        var random = new Random(5);
        foreach (var tensor in model.Graph.Initializer.Where(tensor => tensor.DataType == (int)TensorProto.Types.DataType.Float16))
        {
            var halves = MemoryMarshal.Cast<byte, Half>(tensor.RawData.Span).ToArray();
            for (var i = 0; i < halves.Length; i++)
                halves[i] = (Half)((float)halves[i] * (1 + share * (2 * random.NextDouble() - 1)));
            tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<Half>(halves));
        }
    }

    public static void Spoil(ModelProto model)
    {
        var tensor = model.Graph.Initializer.First(tensor => tensor.DataType == (int)TensorProto.Types.DataType.Float16);
        var halves = MemoryMarshal.Cast<byte, Half>(tensor.RawData.Span).ToArray();
        halves[3] = Half.NaN;
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<Half>(halves));
    }

    private static void After(ModelProto model, float[] values, long[] shape, string type, params AttributeProto[] attributes)
    {
        model.Graph.Node.Single(node => node.Output[0] == "output").Output[0] = "made";
        model.Graph.Initializer.Add(new TensorProto
        {
            Name = "after",
            DataType = (int)TensorProto.Types.DataType.Float,
            Dims = { shape },
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values)),
        });
        model.Graph.Initializer.Add(Limit("low", -1));
        model.Graph.Initializer.Add(Limit("high", 1));
        model.Graph.Node.Add(
            new NodeProto
            {
                Name = "after",
                OpType = type,
                Input = { "made", "after" },
                Output = { "changed" },
                Attribute = { attributes },
            });
        model.Graph.Node.Add(new NodeProto { Name = "clip", OpType = "Clip", Input = { "changed", "low", "high" }, Output = { "output" } });
    }

    private static TensorProto Limit(string name, float value) => new()
    {
        Name = name,
        DataType = (int)TensorProto.Types.DataType.Float,
        RawData = ByteString.CopyFrom(BitConverter.GetBytes(value)),
    };

    private static Dictionary<string, string> Metadata(Direction direction) => new()
    {
        ["direction"] = direction.Name,
        ["hu_low"] = "-20",
        ["hu_high"] = "100",
        ["model"] = "linear",
        ["version"] = "1",
    };
}
