using Gateway.Contracts.Reasons;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Registration;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Slices;

/// <summary>
/// Chooses the slice whose head, registered coarsely by a similarity, has the highest NCC of its brain pattern with the reference; of
/// equals the upper one. Only slices within 30 degrees of axial whose head covers at least 60 % of the largest are considered. A slice that
/// must be enlarged more than others of its volume lies towards the vertex, and its NCC is lowered for that.
/// </summary>
public sealed class SliceChooser(Reference reference)
{
    private const double MostDegrees = 30;
    private const double LeastArea = 0.6;
    private const double EnlargementCost = 2;

    /// <exception cref="VolumeException"><c>not-axial</c>, <c>no-head</c>.</exception>
    public SliceChoice Choose(Volume volume)
    {
        if (volume.All(slice => slice.AngleFromAxial > MostDegrees))
            throw new VolumeException(ReasonCode.NotAxial, $"No slice lies within {MostDegrees} degrees of the axial plane.");
        var heads = InParallel(volume, slice => slice.AngleFromAxial > MostDegrees ? null : new HeadSlice(slice, reference.Profile, reference.Window));
        var largest = heads.Max(head => head?.Area ?? 0);
        if (largest <= 0)
            throw new VolumeException(ReasonCode.NoHead, "No head was found in any slice.");
        var found = InParallel(heads, head => head?.Area >= LeastArea * largest ? reference.Registration.RegisterCoarsely(head) : null);
        var usual = Percentiles.Of(found.OfType<LinearRegistrationResult>().Select(result => (float)result.Correction.Scale), 0.9);
        var score = found.Select(result => result?.NccInside - EnlargementCost * Math.Max(0, Math.Log(usual / result?.Correction.Scale ?? 1))).ToArray();
        var best = Enumerable.Range(0, score.Length).Where(i => score[i] is not null).OrderBy(i => score[i]).ThenBy(i => i).Last();
        return new()
        {
            Index = best,
            Ncc = found[best]!.NccInside,
            NccBelow = best > 0 ? found[best - 1]?.NccInside : null,
            NccAbove = best < found.Length - 1 ? found[best + 1]?.NccInside : null,
            Head = heads[best]!,
            Levels = [.. from i in Enumerable.Range(0, heads.Length) where heads[i] is not null select new SliceLevel(i, volume.Height(i), heads[i]!, found[i]?.NccInside)],
        };
    }

    /// <summary>Each slice is looked at alone, so the result does not depend on the number of cores.</summary>
    private static TResult[] InParallel<T, TResult>(IEnumerable<T> slices, Func<T, TResult> look) => [.. slices.AsParallel().AsOrdered().Select(look)];
}
