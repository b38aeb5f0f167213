namespace Gateway.TrainingWorker.Training;

/// <summary>How much of the contrast of findings a translation keeps.</summary>
/// <remarks>The contrast is the mean of a finding's pixels in a slice less that of the head around it, up to <see cref="Reach"/> pixels
/// away and outside every finding. Findings that are nearly as bright as what surrounds them have none to keep.</remarks>
internal sealed class FindingContrast
{
    private const int Reach = 6, FewestPixels = 12;

    /// <summary>Of a range of 2: about 3 HU, or 2.5 % of grey.</summary>
    private const double Least = 0.05;

    private readonly SortedDictionary<byte, (double Kept, double There)> _sums = [];

    /// <param name="codes">0 or the kind at each pixel.</param>
    /// <param name="size">Width and height.</param>
    /// <param name="source">Says with the truth where the head is.</param>
    public void Add(ReadOnlySpan<byte> codes, int size, float[] source, float[] truth, float[] made)
    {
        var kinds = new HashSet<byte>();
        foreach (var code in codes)
            if (code > 0)
                kinds.Add(code);
        foreach (var kind in kinds)
        {
            var (pixels, around) = (new List<int>(), new HashSet<int>());
            for (var i = 0; i < codes.Length; i++)
                if (codes[i] == kind)
                    pixels.Add(i);
            if (pixels.Count < FewestPixels)
                continue;
            foreach (var i in pixels)
                Surround(i, codes, size, around);
            around.RemoveWhere(i => source[i] <= -1 && truth[i] <= -1);
            if (around.Count >= FewestPixels)
                Add(kind, Contrast(truth, pixels, around), Contrast(made, pixels, around));
        }
    }

    /// <summary>Kept contrast over true contrast, by kind; 1 is all of it, less than 0 the wrong sign.</summary>
    public IEnumerable<(int Kind, double Ratio)> ByKind() => _sums.Select(kind => ((int)kind.Key, kind.Value.Kept / kind.Value.There));

    private void Add(byte kind, double there, double made)
    {
        if (Math.Abs(there) < Least)
            return;
        var sums = _sums.GetValueOrDefault(kind);
        _sums[kind] = (sums.Kept + made * Math.Sign(there), sums.There + Math.Abs(there));
    }

    private static void Surround(int pixel, ReadOnlySpan<byte> codes, int size, HashSet<int> around)
    {
        var (x, y) = (pixel % size, pixel / size);
        for (var v = Math.Max(0, y - Reach); v <= Math.Min(size - 1, y + Reach); v++)
            for (var u = Math.Max(0, x - Reach); u <= Math.Min(size - 1, x + Reach); u++)
                if (codes[v * size + u] == 0)
                    around.Add(v * size + u);
    }

    private static double Contrast(float[] values, List<int> pixels, HashSet<int> around) =>
        pixels.Average(i => (double)values[i]) - around.Average(i => (double)values[i]);
}
