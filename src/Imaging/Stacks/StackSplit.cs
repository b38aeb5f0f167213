using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Stacks;

/// <summary>
/// Splits the images of a series into stacks by their headers. What shows another picture or lies elsewhere is always apart: SOP class,
/// frame of reference, kind of image, orientation, matrix, pixel spacing, kernel, echo. Acquisition, time and the like, which may change
/// from slice to slice of one clean stack, only tell apart what lies at one place. The order of the images does not matter.
/// </summary>
public static class StackSplit
{
    /// <param name="images">Every image of one series.</param>
    /// <returns>Each image in exactly one stack; the stack that was acquired first comes first.</returns>
    public static IReadOnlyList<ImageStack> Of(IReadOnlyList<StackImage> images)
    {
        IEnumerable<IReadOnlyList<StackImage>> parts = images.Count == 0 ? [] : [images];
        foreach (var attribute in StackAttributes.Always)
            parts = parts.SelectMany(part => Apart(part, attribute));
        parts = parts.SelectMany(part => Alike(part, SameDirections)).SelectMany(part => Alike(part, SameSpacing)).SelectMany(ByEcho);
        var stacks = parts.SelectMany(StackThickness.Apart).SelectMany(part => StackPlaces.Apart(part)).OrderBy(Start, Order).ToList();
        var (words, given) = (StackWords.Of(stacks), images.Index().ToDictionary(image => image.Item, image => image.Index));
        return [.. stacks.Select(
            (stack, i) => new ImageStack([.. stack.OrderBy(image => given[image])], StackPlaces.Of(stack).Distinct().Count(), words[i]))];
    }

    /// <summary>By a text that is equal or not. Where all images that have it have the same, those without it belong to them.</summary>
    private static IEnumerable<IReadOnlyList<StackImage>> Apart(IReadOnlyList<StackImage> images, StackAttribute attribute)
    {
        var groups = images.GroupBy(attribute.Value).ToList();
        return groups.Count(group => group.Key.Length > 0) < 2 ? [images] : groups.Select(group => group.ToList());
    }

    /// <summary>By echo time. Where all images that have it have the same, those without it belong to them, unless they lie at the same
    /// places.</summary>
    private static IReadOnlyList<IReadOnlyList<StackImage>> ByEcho(IReadOnlyList<StackImage> images)
    {
        var parts = Alike(images, SameEcho).ToList();
        var some = parts.Count == 2 && parts.Exists(part => part[0].Number(DicomTag.EchoTime) is null);
        return some && StackPlaces.Of(images).Distinct().Count() == images.Count ? [images] : parts;
    }

    /// <summary>By numbers that vary a little: images are together that are linked by a chain of like ones.</summary>
    private static IEnumerable<IReadOnlyList<StackImage>> Alike(IReadOnlyList<StackImage> images, Func<StackImage, StackImage, bool> same)
    {
        for (List<StackImage> open = [.. images]; open.Count > 0;)
        {
            List<StackImage> linked = [open[0]];
            open.RemoveAt(0);
            for (var i = 0; i < linked.Count && open.Count > 0; i++)
            {
                linked.AddRange(open.Where(image => same(linked[i], image)));
                open.RemoveAll(image => same(linked[i], image));
            }
            yield return linked;
        }
    }

    private static bool SameDirections(StackImage a, StackImage b) =>
        a.IsPlaced == b.IsPlaced
            && (!a.IsPlaced || (a.Row.Dot(b.Row) > Volume.SameDirection && a.Column.Dot(b.Column) > Volume.SameDirection));

    private static bool SameSpacing(StackImage a, StackImage b) =>
        (a.Numbers(DicomTag.PixelSpacing, 2), b.Numbers(DicomTag.PixelSpacing, 2)) switch
        {
            ({ } x, { } y) => x.Zip(y).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-3 * Math.Abs(pair.First)),
            var (x, y) => x is null && y is null,
        };

    /// <summary>Scanners state what was reached, which varies within an echo by less than echoes differ.</summary>
    private static bool SameEcho(StackImage a, StackImage b) => (a.Number(DicomTag.EchoTime), b.Number(DicomTag.EchoTime)) switch
    {
        ({ } x, { } y) => Math.Abs(x - y) <= Math.Max(1, 0.02 * Math.Max(x, y)),
        var (x, y) => x is null && y is null,
    };

    private static readonly Comparer<(string Time, double Number, string Uid, int? Frame)> Order =
        Comparer<(string Time, double Number, string Uid, int? Frame)>.Create((a, b) =>
        string.CompareOrdinal(a.Time, b.Time) is var time and not 0 ? time
        : a.Number.CompareTo(b.Number) is var number and not 0 ? number
        : string.CompareOrdinal(a.Uid, b.Uid) is var uid and not 0 ? uid
        : Nullable.Compare(a.Frame, b.Frame));

    private static (string Time, double Number, string Uid, int? Frame) Start(IReadOnlyList<StackImage> stack)
    {
        var uid = stack.Select(image => image.SopInstanceUid).Min(StringComparer.Ordinal)!;
        return (
            stack.Select(StackAttributes.Time).Min(StringComparer.Ordinal)!,
            stack.Min(image => image.Number(DicomTag.InstanceNumber)) ?? double.MaxValue,
            uid,
            stack.Where(image => image.SopInstanceUid == uid).Min(image => image.Frame));
    }
}
