using Gateway.Contracts.Reasons;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Registration;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Slices;

/// <summary>
/// Chooses the slice of a volume that lies at the reference's level. Where the reference has a mean head, the whole volume is laid on it,
/// and the slice nearest to its middle is taken; else, and of very few slices, the slice whose head, registered coarsely by a similarity,
/// has the highest NCC of its brain pattern with the reference's (of equals the upper one). Only slices within 30 degrees of axial are
/// considered, and one by one only those whose head covers at least 60 % of the largest. A slice that must be enlarged more than others of
/// its volume lies towards the vertex, and its NCC is lowered for that. Of slices thinner than half a millimetre one a millimetre is
/// looked at, and then those around the best.
/// </summary>
public sealed class SliceChooser(Reference reference)
{
    private const double MostDegrees = 30;
    private const double LeastArea = 0.6;
    private const double EnlargementCost = 2;
    private const double LookedAtMm = 1;

    /// <summary>Fewer heads, or a lower stack, show no shape that could be laid on a mean head.</summary>
    private const int LeastHeads = 5;
    private const double LeastMm = 20;

    /// <exception cref="VolumeException"><c>not-axial</c>, <c>no-head</c>.</exception>
    public SliceChoice Choose(Volume volume)
    {
        if (volume.All(slice => slice.AngleFromAxial > MostDegrees))
            throw new VolumeException(ReasonCode.NotAxial, $"No slice lies within {MostDegrees} degrees of the axial plane.");
        var step = volume.UsualSpacing > 0 ? Math.Max(1, (int)(LookedAtMm / volume.UsualSpacing + 0.01)) : 1;
        var heads = Heads(volume, Enumerable.Range(0, volume.Count).Where(i => i % step == 0 || i == volume.Count - 1));
        var largest = heads.Values.Max(head => head?.Area ?? 0);
        if (largest <= 0)
            throw new VolumeException(ReasonCode.NoHead, "No head was found in any slice.");
        return Place(volume, heads) is { } place ? AtMiddle(volume, heads, place) : ByPattern(volume, heads, largest, step);
    }

    private HeadPlace? Place(Volume volume, Dictionary<int, HeadSlice?> heads)
    {
        var found = (from at in heads where at.Value?.Area > 0 orderby at.Key select (Head: at.Value!, Height: volume.Height(at.Key)))
            .ToArray();
        return reference.Head is { } mean && found.Length >= LeastHeads && found[^1].Height - found[0].Height >= LeastMm
            ? new HeadSearch(mean).Find(found, volume.Up) : null;
    }

    /// <summary>The neighbours of the chosen slice are registered too, for what they tell about it.</summary>
    private SliceChoice AtMiddle(Volume volume, Dictionary<int, HeadSlice?> heads, HeadPlace place)
    {
        var near = Enumerable.Range(0, volume.Count).Where(i => volume[i].AngleFromAxial <= MostDegrees)
            .OrderBy(i => Math.Abs(volume.Up.Dot(place.Middle - volume[i].Position))).ThenByDescending(i => i).ToArray();
        if (!heads.ContainsKey(near[0]))
            heads[near[0]] = Head(volume[near[0]]);
        var index = Array.Find(near, i => heads.GetValueOrDefault(i)?.Area > 0);
        var beside = Enumerable.Range(index - 1, 3).Where(heads.ContainsKey).ToDictionary(i => i, i => heads[i]);
        return Choice(volume, heads, Register(beside, largest: 0), index) with { Place = place };
    }

    private SliceChoice ByPattern(Volume volume, Dictionary<int, HeadSlice?> heads, double largest, int step)
    {
        var found = Register(heads, largest);
        var usual = Percentiles.Of(found.Values.OfType<LinearRegistrationResult>().Select(result => (float)result.Correction.Scale), 0.9);
        var best = Best(found, usual);
        var between = Heads(
            volume, Enumerable.Range(best - step + 1, 2 * step - 1).Where(i => i >= 0 && i < volume.Count && !heads.ContainsKey(i)));
        var closer = Register(between, largest).Concat(found).ToDictionary();
        best = Best(closer, usual);
        heads[best] = heads.GetValueOrDefault(best) ?? between[best];
        return Choice(volume, heads, closer, best);
    }

    private SliceChoice Choice(
        Volume volume, Dictionary<int, HeadSlice?> heads, Dictionary<int, LinearRegistrationResult?> found, int index) => new()
        {
            Index = index,
            Ncc = found[index]!.NccInside,
            NccBelow = found.GetValueOrDefault(index - 1)?.NccInside,
            NccAbove = found.GetValueOrDefault(index + 1)?.NccInside,
            Head = heads[index]!,
            Levels = [.. from at in heads where at.Value is not null orderby at.Key select new SliceLevel(
                at.Key, volume.Height(at.Key), at.Value, found.GetValueOrDefault(at.Key)?.NccInside)],
            Volume = volume,
            HeadOf = i => heads.TryGetValue(i, out var head) ? head : Head(volume[i]),
        };

    private static int Best(Dictionary<int, LinearRegistrationResult?> found, float usual)
    {
        return found.Keys.Where(i => found[i] is not null).OrderBy(i => Score(found[i]!)).ThenBy(i => i).Last();

        double Score(LinearRegistrationResult result) =>
            result.NccInside - EnlargementCost * Math.Max(0, Math.Log(usual / result.Correction.Scale));
    }

    private Dictionary<int, HeadSlice?> Heads(Volume volume, IEnumerable<int> indices) =>
        SliceWork.InParallel(indices, i => (Index: i, Head: Head(volume[i]))).ToDictionary(at => at.Index, at => at.Head);

    private Dictionary<int, LinearRegistrationResult?> Register(Dictionary<int, HeadSlice?> heads, double largest) =>
        SliceWork.InParallel(
            heads.OrderBy(at => at.Key),
            at => (at.Key, Found: at.Value?.Area > 0 && at.Value.Area >= LeastArea * largest
                ? reference.Registration.RegisterCoarsely(at.Value) : null))
            .ToDictionary(at => at.Key, at => at.Found);

    private HeadSlice? Head(VolumeSlice slice) =>
        slice.AngleFromAxial > MostDegrees ? null : new(slice, reference.Profile, reference.Window);
}
