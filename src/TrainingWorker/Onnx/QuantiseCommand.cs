namespace Gateway.TrainingWorker.Onnx;

/// <summary>Copies a generator into 8 bits: ONNX Runtime translates with the copy as with any model, on the CPU in less time.</summary>
public static class QuantiseCommand
{
    /// <summary>Copies, judges the copy on phantoms beside the generator, and writes its file if every gate holds.</summary>
    /// <returns>What it had to keep to.</returns>
    /// <exception cref="InvalidDataException">The model is no generator of ours in float32, or of a pair or a window that phantoms are not
    /// painted in.</exception>
    public static IReadOnlyList<QuantisedGate> Run(QuantiseRequest request, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var made = QuantisedGenerator.Of(File.ReadAllBytes(request.Model), request.Phantoms, cancel);
        if (made.Gates.Any(gate => !gate.Holds))
            return made.Gates;
        File.WriteAllBytes(request.Out + ".part", made.File);
        File.Move(request.Out + ".part", request.Out, overwrite: true);
        return made.Gates;
    }
}
