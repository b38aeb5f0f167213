namespace Gateway.TrainingWorker.Weights;

internal enum TorchNameKind
{
    Dictionary,
    Tensor,
    Parameter,
    Storage,
}

/// <summary>A class or function of Python that a state dict may name.</summary>
/// <param name="Type">Of a storage's numbers; means nothing otherwise.</param>
internal sealed record TorchName(TorchNameKind Kind, WeightType Type = default);

internal static class TorchNames
{
    private static readonly Dictionary<string, TorchName> Known = new(StringComparer.Ordinal)
    {
        ["collections OrderedDict"] = new(TorchNameKind.Dictionary),
        ["torch._utils _rebuild_tensor"] = new(TorchNameKind.Tensor),
        ["torch._utils _rebuild_tensor_v2"] = new(TorchNameKind.Tensor),
        ["torch._utils _rebuild_parameter"] = new(TorchNameKind.Parameter),
        ["torch FloatStorage"] = new(TorchNameKind.Storage, WeightType.Float32),
        ["torch DoubleStorage"] = new(TorchNameKind.Storage, WeightType.Float64),
        ["torch HalfStorage"] = new(TorchNameKind.Storage, WeightType.Float16),
        ["torch BFloat16Storage"] = new(TorchNameKind.Storage, WeightType.BFloat16),
        ["torch LongStorage"] = new(TorchNameKind.Storage, WeightType.Int64),
        ["torch IntStorage"] = new(TorchNameKind.Storage, WeightType.Int32),
        ["torch ByteStorage"] = new(TorchNameKind.Storage, WeightType.UInt8),
    };

    /// <exception cref="InvalidDataException">A state dict has no need of it.</exception>
    public static TorchName Find(string module, string name) => Known.GetValueOrDefault($"{module} {name}")
        ?? throw new InvalidDataException($"The pickle names {Plain(module)}.{Plain(name)}, which a state dict does not need.");

    private static string Plain(string text) =>
        new([.. text.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_').Take(80)]);
}
