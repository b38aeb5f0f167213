using System.Numerics;

namespace Gateway.Imaging.Grids;

/// <summary>
/// Modality-independent neighbourhood descriptor (Heinrich et al. 2012), 2-D: the similarity of a picture to shifted copies of itself at
/// every pixel. Compares T2 with CT, because it depends on structure and not on contrast.
/// </summary>
public sealed class MindDescriptor
{
    private readonly float[] _values;

    /// <param name="image">At least 2 x 2.</param>
    /// <param name="shifts">Distances in pixels; each gives four channels (left, right, up, down).</param>
    public MindDescriptor(Image image, params int[] shifts) =>
        _values = [.. (shifts.Length == 0 ? [2] : shifts).SelectMany(shift => Channels(image, shift))];

    /// <summary>Mean absolute difference, 0..1.</summary>
    public double Distance(MindDescriptor other)
    {
        var (sum, i) = (0.0, 0);
        for (; i <= _values.Length - Vector<float>.Count; i += Vector<float>.Count)
            sum += Vector.Sum(Vector.Abs(new Vector<float>(_values, i) - new Vector<float>(other._values, i)));
        for (; i < _values.Length; i++)
            sum += Math.Abs(_values[i] - other._values[i]);
        return sum / _values.Length;
    }

    /// <summary>
    /// Share of outputs whose nearest input, by MIND at shifts 1, 2 and 3, is the one that they were made from. A generator that ignores
    /// its input scores 1/N, however good its pictures look.
    /// </summary>
    public static double Retrieval(IReadOnlyList<Image> outputs, IReadOnlyList<Image> inputs)
    {
        var known = inputs.Select(input => new MindDescriptor(input, 1, 2, 3)).ToArray();
        var hits = 0;
        for (var i = 0; i < outputs.Count; i++)
        {
            var output = new MindDescriptor(outputs[i], 1, 2, 3);
            var distances = known.Select(output.Distance).ToArray();
            hits += Array.IndexOf(distances, distances.Min()) == i ? 1 : 0;
        }
        return (double)hits / outputs.Count;
    }

    private static float[] Channels(Image image, int shift)
    {
        var patches = new[] { (-shift, 0), (shift, 0), (0, -shift), (0, shift) }.Select(
            step => PatchDistance(image, step.Item1, step.Item2)).ToArray();
        var pixels = image.Pixels.Length;
        var (spread, total) = (new double[pixels], 0.0);
        for (var i = 0; i < pixels; i++)
        {
            var least = Math.Min(Math.Min(patches[0][i], patches[1][i]), Math.Min(patches[2][i], patches[3][i]));
            for (var channel = 0; channel < 4; channel++)
                spread[i] += (patches[channel][i] -= least) / 4;
            total += spread[i] / pixels;
        }
        var result = new float[4 * pixels];
        for (var channel = 0; channel < 4; channel++)
            for (var i = 0; i < pixels; i++)
                result[channel * pixels + i] = total > 0
                    ? (float)Math.Exp(-patches[channel][i] / Math.Clamp(spread[i], 1e-3 * total, 1e3 * total)) : 1;
        return result;
    }

    /// <summary>3 x 3 mean of the squared difference to the shifted picture; the border is repeated.</summary>
    private static double[] PatchDistance(Image image, int dx, int dy)
    {
        var squared = new double[image.Pixels.Length];
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                var difference = image[Math.Clamp(x + dx, 0, image.Width - 1), Math.Clamp(y + dy, 0, image.Height - 1)] - image[x, y];
                squared[y * image.Width + x] = difference * difference;
            }
        }
        var rows = Three(squared, image.Width, image.Height, 1, 0);
        return Three(rows, image.Width, image.Height, 0, 1);
    }

    private static double[] Three(double[] values, int width, int height, int dx, int dy)
    {
        var result = new double[values.Length];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var before = Math.Max(y - dy, 0) * width + Math.Max(x - dx, 0);
                var after = Math.Min(y + dy, height - 1) * width + Math.Min(x + dx, width - 1);
                result[y * width + x] = (values[before] + values[y * width + x] + values[after]) / 3;
            }
        }
        return result;
    }
}
