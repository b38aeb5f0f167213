using Gateway.Workshop.LabelHeads;

namespace Gateway.Gates;

/// <summary>A good series of a whole head in one or both modalities, to be varied and corrupted.</summary>
/// <param name="Name">The subject.</param>
/// <param name="Source">Digital, painted or real.</param>
/// <param name="Volumes">By modality.</param>
/// <param name="Slices">With tissues; null where these are not known.</param>
internal sealed record GateHead(string Name, string Source, IReadOnlyDictionary<Modality, Volume> Volumes, PhantomSlice[]? Slices = null)
{
    public const string Digital = "digital", Painted = "painted", Real = "real";

    private static readonly Modality[] Both = [.. ShippedModalities.Table.Profiles.Select(profile => profile.Modality)];

    /// <summary>A digital head in thin slices; every second one has calcifications and acute blood.</summary>
    public static GateHead OfPhantom(int number)
    {
        var seed = 910_000 + (ulong)number;
        var slices = HeadScan.Render(seed, number % 2 == 0 ? null : new() { Calcified = true, AcuteBlood = true }, millimetres: 2.5f);
        return new($"digital {number}", Digital, Both.ToDictionary(
            modality => modality, modality => new Volume(slices.Select(slice => slice.ToVolumeSlice(modality)))), slices);
    }

    /// <summary>A label-map head in thin slices, one pose of it; every second one is ill.</summary>
    public static GateHead OfLabels(LabelScanner scanner, int pose)
    {
        var seed = 950_000 + 10 * (ulong)scanner.Name.Sum(letter => letter) + (ulong)pose;
        var scan = scanner.Scan(LabelScanOptions.Varied(seed) with { Ill = pose % 2 == 1, SpacingMm = 2.5f, ThicknessMm = 2.5f });
        return new($"{scanner.Name} {pose}", Painted, Both.ToDictionary(modality => modality, scan.Volume));
    }
}
