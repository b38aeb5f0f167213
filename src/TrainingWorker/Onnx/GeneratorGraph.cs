using System.Runtime.InteropServices;
using Gateway.TrainingWorker.Onnx.Schema;
using Stored = Gateway.TrainingWorker.Onnx.Schema.TensorProto.Types.DataType;

namespace Gateway.TrainingWorker.Onnx;

/// <summary>What a pass over an exported generator asks of its graph.</summary>
internal sealed class GeneratorGraph
{
    private static readonly string[] Operators = ["Cast", "Conv", "Relu", "MaxPool", "Add", "Resize", "Concat", "Tanh"];

    /// <summary>Those at the picture's own size: a tenth of the work, and half of what codes change.</summary>
    private const int Last = 3;

    private readonly Dictionary<string, TensorProto> _stored;
    private readonly Dictionary<string, string> _casts;
    private readonly ILookup<string, NodeProto> _readers;
    private readonly int _tail;

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
        _tail = Nodes.Index().Where(node => node.Item.OpType == "Conv").TakeLast(Last).First().Index;
    }

    public ModelProto Model { get; }

    /// <summary>In the order in which they are computed.</summary>
    public IReadOnlyList<NodeProto> Nodes => Model.Graph.Node;

    /// <summary>The pictures that are passed on in 8 bits: every result before the last convolutions, but not what only a Relu reads, since
    /// the operator before it takes that in.</summary>
    public IEnumerable<string> Pictures => Nodes.Take(_tail).Select(node => node.Output[0])
        .Where(name => !IsWeight(name) && _readers[name].All(node => node.OpType != "Relu"));

    /// <summary>Whether a convolution is one of the last, whose results are all but the picture: they stay in float32.</summary>
    public bool IsLast(NodeProto node) => Nodes.Skip(_tail).Contains(node);

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
