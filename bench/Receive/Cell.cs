namespace Gateway.Receive;

/// <summary>One place in the tables: what is sent, by what, over how many associations; and every receiver's passes.</summary>
internal sealed record Cell(Workload Workload, Sender Sender, int Associations)
{
    private readonly Dictionary<string, List<Pass>> _passes = [];

    public IReadOnlyDictionary<string, List<Pass>> Passes => _passes;

    /// <summary>Milliseconds to hash one instance, measured between the passes.</summary>
    public List<double> Sha256 { get; } = [];

    public void Add(Receiver receiver, Pass pass)
    {
        if (!_passes.TryGetValue(receiver.Name, out var passes))
            _passes[receiver.Name] = passes = [];
        passes.Add(pass);
    }

    /// <summary>Medians; null where the receiver had no part in it.</summary>
    public Figures? Of(string receiver) => _passes.TryGetValue(receiver, out var passes)
        ? new(
            Workload.Files.Count / Median(passes, pass => pass.Seconds),
            Median(passes, pass => pass.ProcessorSeconds) * 1_000 / Workload.Files.Count,
            passes.Max(pass => pass.PeakMebibytes),
            Median(passes, pass => pass.Foreign))
        : null;

    private static double Median(List<Pass> passes, Func<Pass, double> figure) => Spread.Of(passes.Select(figure)).Median;
}

/// <summary>A receiver in a cell.</summary>
/// <param name="Rate">Instances a second.</param>
/// <param name="Milliseconds">CPU time of the receiver per instance.</param>
internal sealed record Figures(double Rate, double Milliseconds, double PeakMebibytes, double Foreign);
