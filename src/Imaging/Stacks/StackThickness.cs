namespace Gateway.Imaging.Stacks;

/// <summary>Two reconstructions of one scan, thin and thick, lie between each other; a skull's base that was scanned thinner lies
/// below.</summary>
internal static class StackThickness
{
    private const double Same = 0.02;

    public static IEnumerable<IReadOnlyList<StackImage>> Apart(IReadOnlyList<StackImage> images)
    {
        var kinds = Kinds(images);
        var distinct = kinds.Distinct().Count();
        if (distinct < 2 || !images[0].IsPlaced)
            return [images];
        var up = StackPlaces.Normal(images);
        var alongStack = images.Zip(kinds).OrderBy(at => up.Dot(at.First.Position)).ThenBy(at => at.Second)
            .Select(at => at.Second).ToList();
        var runs = 1 + Enumerable.Range(1, alongStack.Count - 1).Count(i => alongStack[i] != alongStack[i - 1]);
        return runs > 2 * distinct ? images.Zip(kinds).GroupBy(at => at.Second, at => at.First).Select(kind => kind.ToList()) : [images];
    }

    /// <summary>The number of each image's thickness, from the thinnest; 0 where it does not say.</summary>
    private static int[] Kinds(IReadOnlyList<StackImage> images)
    {
        var thicknesses = images.Select(image => image.Number(DicomTag.SliceThickness) ?? 0).ToArray();
        var (kinds, kind, last) = (new int[images.Count], -1, double.NegativeInfinity);
        foreach (var index in Enumerable.Range(0, images.Count).OrderBy(i => thicknesses[i]))
        {
            kind += thicknesses[index] - last > Same * thicknesses[index] ? 1 : 0;
            (kinds[index], last) = (kind, thicknesses[index]);
        }
        return kinds;
    }
}
