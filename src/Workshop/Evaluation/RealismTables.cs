using Gateway.Imaging.Grids;
using Gateway.Workshop.Scores;

namespace Gateway.Workshop.Evaluation;

/// <summary>
/// Distances of sets of pictures. Of a set with truths, translations of one half of the subjects are held against real pictures of the
/// other half, and the floor is that of two real halves: sets of one size, of different people.
/// </summary>
/// <param name="features">Networks; radiomic figures are always looked at.</param>
internal sealed class RealismTables(IReadOnlyList<PictureFeatures> features)
{
    private const string Radiomic = "radiomic figures";

    /// <param name="models">Names, and scores of every slice.</param>
    /// <param name="targets">Real pictures of the target: the truths of the slices in their order, or other people's.</param>
    public IReadOnlyList<RealismRow> Rows(
        IReadOnlyList<(string Name, IReadOnlyList<SliceScores> Scores)> models, IReadOnlyList<HeldOutSlice> targets)
    {
        var paired = models[0].Scores[0].Truth is not null;
        var (first, second) = Halves([.. targets.Select(slice => slice.Subject)]);
        var n = Math.Min(first.Length, paired ? second.Length : Math.Min(second.Length, models[0].Scores.Count));
        if (n < 2)
            return [];
        Image[] near = [.. first.Take(n).Select(i => targets[i].Source)], far = [.. second.Take(n).Select(i => targets[i].Source)];
        var rows = new List<RealismRow>();
        foreach (var by in features)
        {
            var (a, b) = (by.Of(near), by.Of(far));
            rows.AddRange(models.Select(model => Row(model.Name, by.Name, n, by.Of(Made(model.Scores)), a, b)));
        }
        var (here, there) = (Figures(near), Figures(far));
        rows.AddRange(models.Select(model => new RealismRow
        {
            Method = model.Name,
            Features = Radiomic,
            Pictures = n,
            Frechet = null,
            FrechetFloor = null,
            Kernel = new TextureDistance(Figures(Made(model.Scores)), there).Value,
            KernelFloor = new TextureDistance(here, there).Value,
        }));
        return rows;

        Image[] Made(IReadOnlyList<SliceScores> scores) =>
            [.. (paired ? first : [.. Enumerable.Range(0, scores.Count)]).Take(n).Select(i => scores[i].Made)];
    }

    private static RealismRow Row(
        string method, string name, int pictures, IReadOnlyList<double[]> made, IReadOnlyList<double[]> near,
        IReadOnlyList<double[]> far) => new()
        {
            Method = method,
            Features = name,
            Pictures = pictures,
            Frechet = FrechetDistance.Of(made, far),
            FrechetFloor = FrechetDistance.Of(near, far),
            Kernel = KernelDistance.Of(made, far),
            KernelFloor = KernelDistance.Of(near, far),
        };

    private static double[][] Figures(Image[] pictures) => [.. pictures.AsParallel().AsOrdered().Select(SliceScoring.Texture)];

    /// <summary>Every other subject; of one subject every other slice.</summary>
    private static (int[] First, int[] Second) Halves(string[] subjects)
    {
        var places = subjects.Distinct().Select((subject, place) => (subject, place)).ToDictionary();
        var side = subjects.Select((subject, slice) => (places.Count > 1 ? places[subject] : slice) % 2).ToArray();
        return (Places(0), Places(1));

        int[] Places(int wanted) => [.. Enumerable.Range(0, side.Length).Where(i => side[i] == wanted)];
    }
}
