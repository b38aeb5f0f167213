using System.Runtime.InteropServices;
using Gateway.TrainingWorker.Onnx.Schema;
using Google.Protobuf;
using Stored = Gateway.TrainingWorker.Onnx.Schema.TensorProto.Types.DataType;

namespace Gateway.TrainingWorker.Onnx;

/// <summary>Copies a generator into one that ONNX Runtime computes in 8 bits.</summary>
/// <remarks>Behind every picture between two operators stand QuantizeLinear and DequantizeLinear (uint8, a scale a picture), before a
/// convolution's weights a DequantizeLinear (int8, symmetric, a scale an output channel), before its bias another (int32). The runtime
/// takes the operator between them for one on integers. The first convolution, which sees the patient's picture, and the last three
/// compute in float32.</remarks>
internal sealed class Quantiser
{
    /// <summary>Metadata of a copy: SHA-256 of the file that it is a copy of.</summary>
    public const string From = "quantised_from";

    /// <summary>A channel of zeroes has a scale too.</summary>
    private const float Least = 1e-6f;

    private readonly GeneratorGraph _from;
    private readonly IReadOnlyDictionary<string, CodeGrid> _grids;
    private readonly GraphProto _to = new();
    private readonly Dictionary<string, string> _passed = [];

    private Quantiser(GeneratorGraph from, IReadOnlyDictionary<string, CodeGrid> grids) => (_from, _grids) = (from, grids);

    /// <param name="graph">As it was exported.</param>
    /// <param name="grids">Of its pictures, by name; what is not among them stays in float32.</param>
    /// <param name="digest">SHA-256 of the generator's file, for the copy's metadata.</param>
    /// <returns>The model's file; its version ends in <c>-int8</c>.</returns>
    public static byte[] Quantise(GeneratorGraph graph, IReadOnlyDictionary<string, CodeGrid> grids, string digest)
    {
        var quantiser = new Quantiser(graph, grids);
        quantiser.Walk();
        var model = graph.Model.Clone();
        quantiser._to.Name = model.Graph.Name;
        quantiser._to.Input.Add(model.Graph.Input);
        quantiser._to.Output.Add(model.Graph.Output);
        model.Graph = quantiser._to;
        foreach (var version in model.MetadataProps.Where(pair => pair.Key == "version"))
            version.Value += "-int8";
        model.MetadataProps.Add(new StringStringEntryProto { Key = From, Value = digest });
        return model.ToByteArray();
    }

    private void Walk()
    {
        foreach (var node in _from.Nodes.Where(node => !_from.IsWeight(node.Output[0])))
        {
            var copy = node.Clone();
            for (var i = 0; i < copy.Input.Count; i++)
                copy.Input[i] = _passed.GetValueOrDefault(copy.Input[i], copy.Input[i]);
            if (copy.OpType == "Conv" && _grids.TryGetValue(node.Input[0], out var grid) && !_from.IsLast(node))
                QuantiseWeights(copy, grid);
            else
                KeepWeights(copy);
            _to.Node.Add(copy);
            Pass(copy.Output[0]);
        }
    }

    private void Pass(string picture)
    {
        if (!_grids.TryGetValue(picture, out var grid))
            return;
        var (scale, zero) = (Scales(picture, [grid.Scale], []), picture + ".zero");
        Store(zero, Stored.Uint8, [grid.Zero], []);
        _to.Node.Add(Node("QuantizeLinear", [picture, scale, zero], picture + ".codes"));
        _to.Node.Add(Node("DequantizeLinear", [picture + ".codes", scale, zero], picture + ".passed"));
        _passed[picture] = picture + ".passed";
    }

    private void QuantiseWeights(NodeProto node, CodeGrid input)
    {
        var (weights, shape) = _from.Weight(node.Input[1]);
        var length = weights.Length / (int)shape[0];
        float[] scales = [.. weights.Chunk(length)
            .Select(kernel => Math.Max(kernel.Max(weight => Math.Abs(weight)), Least) / sbyte.MaxValue)];
        var codes = new sbyte[weights.Length];
        for (var i = 0; i < codes.Length; i++)
            codes[i] = (sbyte)MathF.Round(weights[i] / scales[i / length]);
        // The sums of a convolution are in steps of both scales' product, and so is what is added to them.
        float[] steps = [.. scales.Select(scale => scale * input.Scale)];
        var bias = _from.Weight(node.Input[2]).Values.Zip(steps, (value, step) => (int)Math.Round((double)value / step)).ToArray();
        node.Input[1] = Dequantised(node.Input[1], Stored.Int8, MemoryMarshal.AsBytes<sbyte>(codes), shape, scales);
        node.Input[2] = Dequantised(node.Input[2], Stored.Int32, MemoryMarshal.AsBytes<int>(bias), [shape[0]], steps);
    }

    private string Dequantised(string name, Stored type, ReadOnlySpan<byte> codes, long[] shape, float[] scales)
    {
        Store(name + ".codes", type, codes, shape);
        // Without a zero point it is 0.
        var node = Node("DequantizeLinear", [name + ".codes", Scales(name, scales, [scales.Length])], name);
        node.Attribute.Add(new AttributeProto { Name = "axis", Type = AttributeProto.Types.AttributeType.Int, I = 0 });
        _to.Node.Add(node);
        return name;
    }

    private void KeepWeights(NodeProto node)
    {
        foreach (var name in node.Input.Where(_from.IsStored))
        {
            var (values, shape) = _from.Weight(name);
            if (_to.Initializer.All(tensor => tensor.Name != name))
                Store(name, Stored.Float, MemoryMarshal.AsBytes<float>(values), shape);
        }
    }

    private string Scales(string name, float[] values, long[] shape)
    {
        Store(name + ".scale", Stored.Float, MemoryMarshal.AsBytes<float>(values), shape);
        return name + ".scale";
    }

    private void Store(string name, Stored type, ReadOnlySpan<byte> raw, long[] shape) =>
        _to.Initializer.Add(new TensorProto { Name = name, DataType = (int)type, Dims = { shape }, RawData = ByteString.CopyFrom(raw) });

    private static NodeProto Node(string type, string[] inputs, string output) =>
        new() { Name = output, OpType = type, Input = { inputs }, Output = { output } };
}
