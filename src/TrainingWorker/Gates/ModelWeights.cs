using System.Runtime.InteropServices;
using Gateway.TrainingWorker.Onnx.Schema;
using Stored = Gateway.TrainingWorker.Onnx.Schema.TensorProto.Types.DataType;

namespace Gateway.TrainingWorker.Gates;

/// <summary>Looks into the weights of a model file. What is no number in them need not show in a picture: a maximum with 0 may swallow
/// it.</summary>
internal static class ModelWeights
{
    /// <summary>The first tensor that holds a value that is no number; null for none.</summary>
    /// <exception cref="Google.Protobuf.InvalidProtocolBufferException">It is no ONNX file.</exception>
    public static string? NotFinite(byte[] file) => ModelProto.Parser.ParseFrom(file).Graph?.Initializer.FirstOrDefault(IsNotFinite)?.Name;

    private static bool IsNotFinite(TensorProto tensor) => (Stored)tensor.DataType switch
    {
        Stored.Float when tensor.FloatData.Count > 0 => tensor.FloatData.Any(value => !float.IsFinite(value)),
        Stored.Float => Any<float>(tensor, value => !float.IsFinite(value)),
        Stored.Float16 => Any<Half>(tensor, value => !Half.IsFinite(value)),
        _ => false,
    };

    private static bool Any<T>(TensorProto tensor, Func<T, bool> wanted)
        where T : unmanaged
    {
        foreach (var value in MemoryMarshal.Cast<byte, T>(tensor.RawData.Span))
            if (wanted(value))
                return true;
        return false;
    }
}
