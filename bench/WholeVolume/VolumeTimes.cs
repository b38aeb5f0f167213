namespace Gateway.WholeVolume;

/// <summary>One translation of the series, seconds.</summary>
/// <param name="Stages">As the translator timed them, and <c>store</c>: objects, folder and rows, durable.</param>
/// <param name="Whole">From the first file opened to the commit.</param>
/// <param name="ProcessorSeconds">User and system time of this process.</param>
/// <param name="PeakMebibytes">Most memory ever resident in that time.</param>
internal sealed record VolumeTimes(
    int Slices, IReadOnlyDictionary<string, double> Stages, double Whole, double ProcessorSeconds, double PeakMebibytes)
{
    /// <summary>In the generators: every slice, and the chosen one once more there and back for its gates and pictures.</summary>
    public double Inference => Stages["translate"] + Stages["cycle"];
}
