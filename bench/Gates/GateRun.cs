using System.Text.Json;
using Gateway.Workshop.LabelHeads;

namespace Gateway.Gates;

/// <summary>Renders, varies, corrupts and measures heads that no limit was learned from.</summary>
/// <param name="references">By modality.</param>
/// <param name="keep">What was measured of a head is kept here, and not measured again; null for nowhere.</param>
internal sealed class GateRun(IReadOnlyDictionary<Modality, Reference> references, string? keep)
{
    private static readonly SeriesKind[] Bad = [.. Enum.GetValues<SeriesKind>().Where(kind => kind != SeriesKind.Good)];

    /// <param name="count">Digital heads: of each, some variants and some kinds of corruption, in turn.</param>
    public IEnumerable<Measured> Digital(int count) => Enumerable.Range(0, count)
        .SelectMany(i => Kept($"digital-{i}", () => Of(GateHead.OfPhantom(i), i, variants: 3, kinds: 4)));

    /// <param name="paths">Label maps; of each, three poses, in more than half of the variants and in some kinds of corruption.</param>
    public IEnumerable<Measured> Painted(IReadOnlyList<string> paths) => paths.SelectMany(
        (path, k) => Kept(Path.GetFileName(path), () =>
        {
            var scanner = new LabelScanner(path);
            return Enumerable.Range(0, 3)
                .SelectMany(pose => Of(GateHead.OfLabels(scanner, pose), 3 * k + pose, variants: 5, kinds: 4));
        }));

    /// <param name="real">Every volume in every variant, and in some kinds of corruption.</param>
    public IEnumerable<Measured> Real(RealHeads real) => real.Names
        .SelectMany((name, i) => Kept(name.Replace('/', '_'), () => Of(real.Good(name), i, VolumeVariant.Good.Count, kinds: 6)))
        .Concat(Kept("refused", () => real.Bad.SelectMany(bad => new[]
        {
            Measure(bad.Name, GateHead.Real, bad.Kind, "", references[bad.Modality], real.Read(bad.Name)),
        })));

    private IEnumerable<Measured> Of(GateHead head, int number, int variants, int kinds)
    {
        Console.Error.WriteLine(head.Name);
        foreach (var modality in head.Volumes.Keys)
        {
            var (reference, thin) = (references[modality], head.Volumes[modality]);
            for (var k = 0; k < variants; k++)
            {
                var variant = VolumeVariant.Good[(number + k * VolumeVariant.Good.Count / variants) % VolumeVariant.Good.Count];
                yield return Measure(
                    head.Name, head.Source, SeriesKind.Good, variant.Name, reference, variant.Of(thin, reference.Profile, new(number)));
            }
            for (var k = 0; k < kinds; k++)
            {
                var kind = Bad[(number * kinds + k) % Bad.Length];
                if (Corruption.Make(head, kind, reference.Profile, number * kinds / Bad.Length + k) is { } volume)
                    yield return Measure(head.Name, head.Source, kind, "", reference, volume);
            }
        }
    }

    private static Measured Measure(string head, string source, SeriesKind kind, string variant, Reference reference, Volume volume)
    {
        var modality = reference.Profile.Modality;
        try
        {
            var prepared = Preprocessor.Prepare(volume, reference, reference.Window);
            return new(
                head, source, kind, variant, modality, new GateMeter(reference).Measure(prepared),
                [.. prepared.Reasons.Select(reason => reason.Code)]);
        }
        catch (VolumeException e)
        {
            return new(head, source, kind, variant, modality, null, [e.Reason.Code]);
        }
    }

    private Measured[] Kept(string name, Func<IEnumerable<Measured>> measure)
    {
        var file = keep is null ? null : Path.Combine(keep, name + ".json");
        if (file is not null && File.Exists(file))
            return JsonSerializer.Deserialize<Measured[]>(File.ReadAllBytes(file))!;
        Measured[] measured = [.. measure()];
        if (file is not null)
            File.WriteAllBytes(file, JsonSerializer.SerializeToUtf8Bytes(measured));
        return measured;
    }
}
