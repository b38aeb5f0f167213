using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Gateway.TrainingWorker.Onnx;

/// <summary>Nodes and initialisers of one ONNX graph, written as they are added (onnx.proto3, opset 17).</summary>
/// <param name="half">Store weights as float16 with a Cast to float32 in front of their use: half the file, float32 arithmetic.</param>
internal sealed class OnnxGraph(bool half) : IDisposable
{
    private const int Float32 = 1, Float16 = 10; // TensorProto.DataType
    private readonly ProtobufWriter _graph = new();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _names;

    /// <summary>SHA-256 over the float32 initialisers in the order they were added, in lower-case hexadecimal; equal for both storage forms.</summary>
    public string WeightsSha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <summary>Adds a node with one output and gives the output's name.</summary>
    public string Node(string type, IReadOnlyList<string> inputs, params (string Name, object Value)[] attributes)
        => Node(type, inputs, $"{type.ToLowerInvariant()}{_names++}", attributes);

    public string Node(string type, IReadOnlyList<string> inputs, string output, params (string Name, object Value)[] attributes)
    {
        _graph.Message(1, node => // GraphProto.node
        {
            foreach (var input in inputs)
                node.Text(1, input);
            node.Text(2, output);
            node.Text(3, output);
            node.Text(4, type);
            foreach (var (name, value) in attributes)
                node.Message(5, attribute => Attribute(attribute, name, value));
        });
        return output;
    }

    /// <summary>Convolution with bias, square kernel, symmetric padding.</summary>
    public string Conv(string input, ReadOnlySpan<float> weights, long[] shape, ReadOnlySpan<float> bias, int stride, int padding)
    {
        var name = $"conv{_names++}";
        return Node("Conv", [input, Weights(name + ".weight", weights, shape), Initializer(name + ".bias", bias, [shape[0]])], name,
            ("dilations", new long[] { 1, 1 }), ("group", 1L), ("kernel_shape", shape[2..]),
            ("pads", new long[] { padding, padding, padding, padding }), ("strides", new long[] { stride, stride }));
    }

    /// <summary>Twice the size by nearest neighbour.</summary>
    public string Double(string input)
        => Node("Resize", [input, "", _scales ??= Initializer("scales", [1, 1, 2, 2], [4])],
            ("coordinate_transformation_mode", "asymmetric"), ("mode", "nearest"), ("nearest_mode", "floor"));

    private string? _scales;

    /// <summary>The finished ModelProto: ir 8, opset 17, input and output N x 1 x H x W float32.</summary>
    public byte[] Model(string graphName, string producer, IReadOnlyDictionary<string, string> metadata)
    {
        var model = new ProtobufWriter();
        model.Integer(1, 8);
        model.Text(2, producer);
        _graph.Text(2, graphName);
        _graph.Message(11, value => Value(value, "input"));
        _graph.Message(12, value => Value(value, "output"));
        model.Bytes(7, _graph.ToArray());
        model.Message(8, opset =>
        {
            opset.Text(1, "");
            opset.Integer(2, 17);
        });
        foreach (var (key, text) in metadata)
            model.Message(14, property =>
            {
                property.Text(1, key);
                property.Text(2, text);
            });
        return model.ToArray();
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
        Tensor(name + ".half", Float16, MemoryMarshal.AsBytes<Half>(halves), shape);
        return Node("Cast", [name + ".half"], name, ("to", (long)Float32));
    }

    private string Initializer(string name, ReadOnlySpan<float> values, long[] shape)
    {
        _hash.AppendData(MemoryMarshal.AsBytes(values));
        Tensor(name, Float32, MemoryMarshal.AsBytes(values), shape);
        return name;
    }

    private void Tensor(string name, int type, ReadOnlySpan<byte> raw, long[] shape)
    {
        var tensor = new ProtobufWriter();
        foreach (var size in shape)
            tensor.Integer(1, size);
        tensor.Integer(2, type);
        tensor.Text(8, name);
        tensor.Bytes(9, raw);
        _graph.Bytes(5, tensor.ToArray()); // GraphProto.initializer
    }

    private static void Attribute(ProtobufWriter attribute, string name, object value)
    {
        attribute.Text(1, name);
        switch (value) // the value's field, then AttributeProto.type
        {
            case long integer:
                attribute.Integer(3, integer);
                attribute.Integer(20, 2);
                break;
            case string text:
                attribute.Text(4, text);
                attribute.Integer(20, 3);
                break;
            case long[] integers:
                foreach (var integer in integers)
                    attribute.Integer(8, integer);
                attribute.Integer(20, 7);
                break;
            default:
                throw new NotSupportedException($"Attribute {name} of {value.GetType()}.");
        }
    }

    private static void Value(ProtobufWriter value, string name)
    {
        value.Text(1, name);
        value.Message(2, type => type.Message(1, tensor =>
        {
            tensor.Integer(1, Float32);
            tensor.Message(2, shape =>
            {
                shape.Message(1, size => size.Text(2, "N"));
                shape.Message(1, size => size.Integer(1, 1));
                shape.Message(1, size => size.Text(2, "H"));
                shape.Message(1, size => size.Text(2, "W"));
            });
        }));
    }
}
