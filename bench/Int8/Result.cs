using Gateway.Imaging.Modalities;
using Gateway.TrainingWorker.Onnx;
using Gateway.TranslationWorker;

namespace Gateway.Int8;

/// <summary>One direction's generator beside its copy in 8 bits.</summary>
internal sealed record Result
{
    /// <summary>How many times as fast it must be: less does not pay for a second file a model, with its own digest and trial.</summary>
    private const double Faster = 1.3;

    public required ModelFacts Facts { get; init; }

    /// <summary>Bytes of the generator's file.</summary>
    public required int FullBytes { get; init; }

    public required QuantisedGenerator Copy { get; init; }

    /// <summary>On one thread and on two.</summary>
    public required IReadOnlyList<Pace> Paces { get; init; }

    public ModalityProfile Target => ShippedModalities.Table[Facts.Direction.To];

    /// <summary>The copy's own gate, and what makes it worth its while.</summary>
    public IReadOnlyList<QuantisedGate> Gates =>
    [
        .. Copy.Gates,
        .. Paces.Select(pace => new QuantisedGate(
            $"times as fast, {(pace.Threads == 1 ? "1 thread" : $"{pace.Threads} threads")}", pace.Faster, Faster, AtLeast: true)),
    ];

    /// <param name="file">The generator.</param>
    /// <param name="slices">Phantoms that are judged and timed.</param>
    public static Result Of(string file, int slices)
    {
        var full = File.ReadAllBytes(file);
        using var model = OnnxModel.Load(full, file, new() { Device = "cpu", Threads = 1 });
        var copy = QuantisedGenerator.Of(full, slices, CancellationToken.None);
        var sources = copy.Pairs.Select(pair => pair.Slice(model.Facts.Direction).Source).ToList();
        return new()
        {
            Facts = model.Facts,
            FullBytes = full.Length,
            Copy = copy,
            Paces = [.. ((int[])[1, 2]).Select(threads => Pace.Of(full, copy.File, threads, sources))],
        };
    }
}
