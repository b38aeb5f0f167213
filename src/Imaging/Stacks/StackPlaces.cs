using System.Globalization;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Stacks;

/// <summary>Where the images of a stack lie along its normal, and how those that lie at one place are told apart.</summary>
internal static class StackPlaces
{
    /// <returns>For each image the number of its place, from the lowest; 0 for all that do not say where they lie.</returns>
    public static int[] Of(IReadOnlyList<StackImage> images)
    {
        var up = Normal(images);
        var (places, place, last) = (new int[images.Count], -1, double.NegativeInfinity);
        foreach (var (height, index) in images.Select((image, index) => (up.Dot(image.Position), index)).OrderBy(at => at.Item1))
        {
            if (height - last >= Volume.SamePositionMm)
                (place, last) = (place + 1, height);
            places[index] = place;
        }
        return places;
    }

    /// <summary>Of the image whose UID sorts first: within a stack normals jitter, and none may be taken by the order.</summary>
    public static Vector3D Normal(IReadOnlyList<StackImage> images)
    {
        var first = images.OrderBy(image => image.SopInstanceUid, StringComparer.Ordinal).ThenBy(image => image.Frame).First();
        return first.Row.Cross(first.Column);
    }

    /// <summary>Stacks without two images at one place, as far as attributes tell them apart: other repeats stay together.</summary>
    /// <param name="images">Alike in all that is always apart.</param>
    /// <param name="attribute">The first attribute to try.</param>
    public static IEnumerable<IReadOnlyList<StackImage>> Apart(IReadOnlyList<StackImage> images, int attribute = 0)
    {
        var places = Of(images);
        var most = places.CountBy(place => place).Max(place => place.Value);
        for (var i = attribute; most > 1 && i < StackAttributes.AtOnePlace.Count; i++)
        {
            var stacks = Filled(images, places, StackAttributes.AtOnePlace[i]);
            // More stacks than images at the fullest place: the attribute runs from image to image, without regard to place.
            if (stacks.Count > 1 && stacks.Count <= most)
                return stacks.SelectMany(stack => Apart(stack, i + 1));
        }
        return [images];
    }

    /// <summary>Lays images of one value after another into stacks, in the order of the values, as acquisitions follow each other: where
    /// most places are taken twice, what no longer fits opens the next stack, which the rest goes to. Where few are, these are
    /// repeats.</summary>
    private static List<List<StackImage>> Filled(IReadOnlyList<StackImage> images, int[] places, StackAttribute attribute)
    {
        var crowded = places.CountBy(place => place).ToList();
        var inTurn = 2 * crowded.Count(place => place.Value > 1) > crowded.Count;
        List<(List<StackImage> Images, HashSet<int> Places)> stacks = [];
        var groups = images.Zip(places).GroupBy(at => attribute.Value(at.First), StringComparer.Ordinal);
        foreach (var group in groups.OrderBy(group => Number(group.Key)).ThenBy(group => group.Key, StringComparer.Ordinal))
        {
            var fits = stacks.FindIndex(
                inTurn ? Math.Max(0, stacks.Count - 1) : 0, stack => !group.Any(at => stack.Places.Contains(at.Second)));
            if (fits < 0)
            {
                stacks.Add(([], []));
                fits = stacks.Count - 1;
            }
            stacks[fits].Images.AddRange(group.Select(at => at.First));
            stacks[fits].Places.UnionWith(group.Select(at => at.Second));
        }
        return stacks.ConvertAll(stack => stack.Images);
    }

    private static double Number(string text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : double.MaxValue;
}
