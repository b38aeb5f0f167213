using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Gateway.TrainingWorker.Onnx.Schema;
using Google.Protobuf;
using Dimension = Gateway.TrainingWorker.Onnx.Schema.TensorShapeProto.Types.Dimension;

namespace Gateway.TrainingWorker.Onnx;

/// <summary>Nodes and initialisers of one ONNX graph, in the order in which they are added (onnx.proto, IR version 8, opset 17).</summary>
/// <param name="half">Stores weights as float16 with a Cast to float32 before their use: half the file, float32 arithmetic.</param>
internal sealed class OnnxGraph(bool half) : IDisposable
{
    private readonly GraphProto _graph = new();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _names;
    private string? _scales;

    /// <summary>SHA-256 over the float32 initialisers in the order in which they were added, lower-case hex; equal for both storage
    /// forms.</summary>
    public string WeightsSha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public static AttributeProto Integer(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    public static AttributeProto Integers(string name, params IEnumerable<long> values) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { values } };

    public static AttributeProto Text(string name, string value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    /// <summary>Adds a node with one output and returns the output's name.</summary>
    public string Node(string type, IReadOnlyList<string> inputs, params AttributeProto[] attributes) =>
        Node(type, inputs, $"{type.ToLowerInvariant()}{_names++}", attributes);

    public string Node(string type, IReadOnlyList<string> inputs, string output, params AttributeProto[] attributes)
    {
        _graph.Node.Add(
            new NodeProto { Name = output, OpType = type, Input = { inputs }, Output = { output }, Attribute = { attributes } });
        return output;
    }

    /// <summary>Convolution with bias, square kernel, symmetric padding.</summary>
    public string Conv(string input, ReadOnlySpan<float> weights, long[] shape, ReadOnlySpan<float> bias, int stride, int padding)
    {
        var name = $"conv{_names++}";
        return Node("Conv", [input, Weights(name + ".weight", weights, shape), Initializer(name + ".bias", bias, [shape[0]])], name,
            Integers("dilations", 1, 1), Integer("group", 1), Integers("kernel_shape", shape[2..]),
            Integers("pads", padding, padding, padding, padding), Integers("strides", stride, stride));
    }

    /// <summary>Doubles height and width by nearest neighbour.</summary>
    public string Double(string input) => Node("Resize", [input, "", _scales ??= Initializer("scales", [1, 1, 2, 2], [4])],
        Text("coordinate_transformation_mode", "asymmetric"), Text("mode", "nearest"), Text("nearest_mode", "floor"));

    /// <summary>The finished model: input and output N x channels x H x W float32.</summary>
    public ModelProto Model(
        string graphName, string producer, IReadOnlyDictionary<string, string> metadata, int inputs = 1, int outputs = 1)
    {
        _graph.Name = graphName;
        _graph.Input.Add(Picture("input", inputs));
        _graph.Output.Add(Picture("output", outputs));
        return new()
        {
            IrVersion = 8,
            ProducerName = producer,
            Graph = _graph,
            OpsetImport = { new OperatorSetIdProto { Version = 17 } },
            MetadataProps = { metadata.Select(pair => new StringStringEntryProto { Key = pair.Key, Value = pair.Value }) },
        };
    }

    public void Dispose() => _hash.Dispose();

    private string Weights(string name, ReadOnlySpan<float> values, long[] shape)
    {
        if (!half)
            return Initializer(name, values, shape);
        _hash.AppendData(MemoryMarshal.AsBytes(values));
        var halves = new Half[values.Length];
        for (var i = 0; i < halves.Length; i++)
            halves[i] = (Half)values[i];
        Tensor(name + ".half", TensorProto.Types.DataType.Float16, MemoryMarshal.AsBytes<Half>(halves), shape);
        return Node("Cast", [name + ".half"], name, Integer("to", (long)TensorProto.Types.DataType.Float));
    }

    private string Initializer(string name, ReadOnlySpan<float> values, long[] shape)
    {
        _hash.AppendData(MemoryMarshal.AsBytes(values));
        Tensor(name, TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes(values), shape);
        return name;
    }

    private void Tensor(string name, TensorProto.Types.DataType type, ReadOnlySpan<byte> raw, long[] shape) =>
        _graph.Initializer.Add(new TensorProto { Name = name, DataType = (int)type, Dims = { shape }, RawData = ByteString.CopyFrom(raw) });

    private static ValueInfoProto Picture(string name, int channels) => new()
    {
        Name = name,
        Type = new()
        {
            TensorType = new()
            {
                ElemType = (int)TensorProto.Types.DataType.Float,
                Shape = new()
                {
                    Dim = { new Dimension { DimParam = "N" }, new Dimension { DimValue = channels }, new Dimension { DimParam = "H" },
                        new Dimension { DimParam = "W" } },
                },
            },
        },
    };
}
