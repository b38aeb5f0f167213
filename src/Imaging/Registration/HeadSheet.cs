using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Registration;

/// <summary>The points of one slice, row by row.</summary>
internal sealed class HeadSheet
{
    private readonly float _tissue;

    /// <param name="height">Of the slice along the volume's normal, mm.</param>
    /// <param name="first">Patient place of the first point, mm.</param>
    /// <param name="across">From point to point along a row, mm.</param>
    /// <param name="down">From row to row, mm.</param>
    /// <param name="width">Points a row.</param>
    /// <param name="values">[0, 1]; 0 outside the head.</param>
    /// <param name="tissue">What is brighter is tissue.</param>
    public HeadSheet(double height, Vector3D first, Vector3D across, Vector3D down, int width, float[] values, float tissue)
    {
        (Height, First, Across, Down, Width, Values, _tissue) = (height, first, across, down, width, values, tissue);
        var (x, y) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
            if (values[i] > tissue)
                (x, y, Weight) = (x + i % width, y + i / width, Weight + 1);
        Middle = first + across * (x / Math.Max(1, Weight)) + down * (y / Math.Max(1, Weight));
    }

    public double Height { get; }

    public Vector3D First { get; }

    public Vector3D Across { get; }

    public Vector3D Down { get; }

    public int Width { get; }

    public float[] Values { get; }

    /// <summary>Number of points that are tissue.</summary>
    public int Weight { get; }

    /// <summary>Mean place of the tissue; the first point where there is none.</summary>
    public Vector3D Middle { get; }

    /// <summary>The means of four points each; odd ends are left out.</summary>
    public HeadSheet Halved()
    {
        var (width, rows) = (Math.Max(1, Width / 2), Math.Max(1, Values.Length / Width / 2));
        if (Width < 2 || Values.Length / Width < 2)
            return this;
        var half = new float[width * rows];
        for (var i = 0; i < half.Length; i++)
        {
            var from = 2 * (i / width) * Width + 2 * (i % width);
            half[i] = (Values[from] + Values[from + 1] + Values[from + Width] + Values[from + Width + 1]) / 4;
        }
        return new(Height, First + (Across + Down) * 0.5, Across * 2, Down * 2, width, half, _tissue);
    }
}
