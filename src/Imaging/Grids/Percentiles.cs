namespace Gateway.Imaging.Grids;

/// <summary>Order statistics with linear interpolation between ranks.</summary>
public static class Percentiles
{
    /// <param name="values">At least one.</param>
    /// <param name="fraction">0..1.</param>
    public static float Of(IEnumerable<float> values, double fraction) => Of(values, [fraction])[0];

    /// <param name="values">At least one.</param>
    /// <param name="fractions">0..1, ascending.</param>
    public static float[] Of(IEnumerable<float> values, double[] fractions)
    {
        var array = values.ToArray();
        return [.. fractions.Select(fraction =>
        {
            var rank = fraction * (array.Length - 1);
            var from = (int)rank;
            Select(array, from);
            var above = from + 1 < array.Length ? array.AsSpan(from + 1).ToArray().Min() : array[from];
            return array[from] + (float)(rank - from) * (above - array[from]);
        })];
    }

    /// <summary>Hoare's selection: afterwards the value of that rank is at its place, with smaller ones before it.</summary>
    private static void Select(float[] values, int rank)
    {
        for (var (low, high) = (0, values.Length - 1); low < high;)
        {
            var (pivot, i, j) = (values[(low + high) / 2], low, high);
            while (i <= j)
            {
                while (values[i] < pivot)
                    i++;
                while (values[j] > pivot)
                    j--;
                if (i <= j)
                    (values[i], values[j], i, j) = (values[j], values[i], i + 1, j - 1);
            }
            (low, high) = rank <= j ? (low, j) : rank >= i ? (i, high) : (rank, rank);
        }
    }
}
