namespace Gateway.Imaging.Slices;

/// <summary>A fixed input for a generator, and a short form of its output: who exports a model writes down what it made of it, who loads
/// the model compares.</summary>
public static class ProbeSlice
{
    private const int BlocksASide = 8;

    /// <summary>How many values the short form has.</summary>
    public const int BlockCount = BlocksASide * BlocksASide;

    /// <summary><see cref="Reference.Side"/> squared values in [-1, 1], row-major: an ellipse with a skull and waves inside, air around
    /// it.</summary>
    public static float[] Input()
    {
        const int side = Reference.Side;
        var slice = new float[side * side];
        for (var row = 0; row < side; row++)
            for (var column = 0; column < side; column++)
                slice[(row * side) + column] = At(((2.0 * column) - side) / side, ((2.0 * row) - side) / side);
        return slice;
    }

    /// <summary>The means of 8 x 8 blocks, row-major.</summary>
    /// <param name="output">As <see cref="Input"/>.</param>
    public static float[] Blocks(IReadOnlyList<float> output)
    {
        const int size = Reference.Side / BlocksASide;
        var means = new float[BlockCount];
        for (var i = 0; i < output.Count; i++)
            means[(i / Reference.Side / size * BlocksASide) + (i % Reference.Side / size)] += output[i] / (size * size);
        return means;
    }

    private static float At(double x, double y)
    {
        var radius = Math.Sqrt((x * x / 0.49) + (y * y / 0.72));
        return radius > 1 ? -1 : radius > 0.92 ? 0.9f : (float)(0.4 * Math.Cos(9 * x) * Math.Cos(7 * y));
    }
}
