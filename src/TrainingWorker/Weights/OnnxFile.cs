using System.Runtime.InteropServices;
using Gateway.TrainingWorker.Onnx.Schema;
using Location = Gateway.TrainingWorker.Onnx.Schema.TensorProto.Types.DataLocation;
using Stored = Gateway.TrainingWorker.Onnx.Schema.TensorProto.Types.DataType;

namespace Gateway.TrainingWorker.Weights;

/// <summary>The initialisers of an ONNX model that keeps them in the file itself.</summary>
internal static class OnnxFile
{
    public static Dictionary<string, Weight> Read(Stream file, WeightBudget budget)
    {
        var model = ModelProto.Parser.ParseFrom(file);
        if (model.Graph is not { Initializer.Count: > 0 } graph)
            throw new InvalidDataException("Neither safetensors nor a state dict, arrays or a model with weights.");
        var tensors = new Dictionary<string, Weight>(StringComparer.Ordinal);
        foreach (var tensor in graph.Initializer)
            if (!tensors.TryAdd(tensor.Name, ReadTensor(tensor, budget)))
                throw new InvalidDataException($"{tensor.Name} is there twice.");
        return tensors;
    }

    private static Weight ReadTensor(TensorProto tensor, WeightBudget budget)
    {
        long[] shape = [.. tensor.Dims];
        var count = budget.Take(tensor.Name, shape);
        if (tensor.DataLocation == Location.External)
            throw new InvalidDataException($"{tensor.Name} lies in another file.");
        if (tensor.FloatData.Count > 0)
            return tensor.FloatData.Count == count ? new(shape, [.. tensor.FloatData]) : throw OtherLength(tensor);
        var type = Type(tensor);
        if (tensor.RawData.Length != (long)count * type.Size())
            throw OtherLength(tensor);
        MemoryMarshal.TryGetArray(tensor.RawData.Memory, out var bytes);
        return new(shape, type.Read(new MemoryStream(bytes.Array ?? [], bytes.Offset, bytes.Count), count));
    }

    private static InvalidDataException OtherLength(TensorProto tensor) => new($"{tensor.Name} has another length than its shape.");

    private static WeightType Type(TensorProto tensor) => (Stored)tensor.DataType switch
    {
        Stored.Float => WeightType.Float32,
        Stored.Double => WeightType.Float64,
        Stored.Float16 => WeightType.Float16,
        Stored.Bfloat16 => WeightType.BFloat16,
        Stored.Int64 => WeightType.Int64,
        Stored.Int32 => WeightType.Int32,
        Stored.Uint8 => WeightType.UInt8,
        _ => throw new InvalidDataException($"{tensor.Name} is of ONNX type {tensor.DataType}, which is not read."),
    };
}
