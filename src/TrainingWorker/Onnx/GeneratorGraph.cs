using System.Runtime.InteropServices;
using Gateway.TrainingWorker.Onnx.Schema;
using Stored = Gateway.TrainingWorker.Onnx.Schema.TensorProto.Types.DataType;

namespace Gateway.TrainingWorker.Onnx;

/// <summary>What a pass over an exported generator asks of its graph.</summary>
internal sealed class GeneratorGraph
{
    private static readonly string[] Operators = ["Cast", "Conv", "Relu", "MaxPool", "Add", "Resize", "Concat", "Tanh"];

    private readonly Dictionary<string, TensorProto> _stored;
    private readonly Dictionary<string, string> _casts;
    private readonly ILookup<string, NodeProto> _readers;

    /// <exception cref="InvalidDataException">It has operators that <see cref="OnnxExporter"/> does not write: it is another model, or in
    /// 8 bits already.</exception>
    public GeneratorGraph(byte[] file)
    {
        Model = ModelProto.Parser.ParseFrom(file);
        if (Nodes.FirstOrDefault(node => !Operators.Contains(node.OpType)) is { } other)
            throw new InvalidDataException($"The model is no generator that the gateway exported: it has a {other.OpType}.");
        _stored = Model.Graph.Initializer.ToDictionary(tensor => tensor.Name);
        _casts = Nodes.Where(node => node.OpType == "Cast" && _stored.ContainsKey(node.Input[0]))
            .ToDictionary(node => node.Output[0], node => node.Input[0]);
        _readers = Nodes.SelectMany(node => node.Input.Select(input => (Input: input, Node: node)))
            .ToLookup(read => read.Input, read => read.Node);
    }

    public ModelProto Model { get; }

    /// <summary>In the order in which they are computed.</summary>
    public IReadOnlyList<NodeProto> Nodes => Model.Graph.Node;

    /// <summary>The pictures that are passed on in 8 bits: every operator's result, but not what only a Relu reads, since the operator
    /// before it takes that in, and not the last convolution's.</summary>
    public IEnumerable<string> Pictures => Nodes.Select(node => node.Output[0]).Where(
        name => !IsWeight(name) && _readers[name].Any() && _readers[name].All(node => node.OpType is not ("Relu" or "Tanh")));

    /// <summary>Whether the convolution's result is what a picture is made of: it stays in float32.</summary>
    public bool IsLast(NodeProto node) => _readers[node.Output[0]].Any(reader => reader.OpType == "Tanh");

    /// <summary>Whether a node's result is a stored tensor that it only widens to float32.</summary>
    public bool IsWeight(string name) => _casts.ContainsKey(name);

    public bool IsStored(string name) => _stored.ContainsKey(name) || IsWeight(name);

    /// <summary>A stored tensor in float32, whichever way it is stored.</summary>
    public (float[] Values, long[] Shape) Weight(string name)
    {
        var tensor = _stored[_casts.GetValueOrDefault(name, name)];
        var raw = tensor.RawData.Span;
        return (tensor.DataType == (int)Stored.Float16
            ? Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(raw).ToArray(), half => (float)half)
            : MemoryMarshal.Cast<byte, float>(raw).ToArray(), [.. tensor.Dims]);
    }
}
