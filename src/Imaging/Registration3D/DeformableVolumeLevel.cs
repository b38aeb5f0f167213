namespace Gateway.Imaging;

/// <summary>One level of the pyramid: its buffers, made once, and its iterations, which make none.</summary>
internal sealed class DeformableVolumeLevel
{
    /// <summary>Iterations over which the correlation must still grow.</summary>
    private const int Slope = 10;
    private const double LeastGrowth = 1e-6;

    private readonly (int Width, int Height, int Depth) _size;
    private readonly DeformableVolumeOptions _options;
    private readonly VoxelVolume _grid;
    private readonly VolumeWarp _warp;
    private readonly LocalVolumeCorrelation _correlation;
    private readonly FieldSmoothing _smoothing;
    private readonly float[] _moved;
    private readonly float[][] _gradient;
    private readonly float[][] _step;

    public DeformableVolumeLevel(VoxelVolume grid, VoxelVolume moving, AffineTransform3D fixedToMoving, DeformableVolumeOptions options)
    {
        (_grid, _options, _size) = (grid, options, (grid.Width, grid.Height, grid.Depth));
        _warp = new(moving, grid.ToPatient.Then(fixedToMoving).Then(moving.ToPatient.Invert()), options.Threads);
        _correlation = new(grid, options.Threads);
        _smoothing = new(grid.Width, grid.Height, grid.Depth, options.Threads);
        _moved = new float[grid.Voxels.Length];
        _gradient = new DisplacementField3D(grid.Width, grid.Height, grid.Depth).Axes;
        _step = new DisplacementField3D(grid.Width, grid.Height, grid.Depth).Axes;
        Field = new(grid.Width, grid.Height, grid.Depth);
    }

    public DisplacementField3D Field { get; private set; }

    public void StartFrom(VoxelVolume coarseGrid, DisplacementField3D coarse) => Field = FieldUpsampling.To(_grid, coarseGrid, coarse);

    /// <summary>Iterates until the correlation no longer grows.</summary>
    public (double Before, double After, int Iterations) Run(int most)
    {
        var history = new List<double>(most + 1);
        for (var made = 0; ; made++)
        {
            _warp.Apply(Field.Axes, _size, _moved);
            history.Add(_correlation.Evaluate(_moved, _gradient));
            if (made == most || Growth(history) < LeastGrowth)
                return (history[0], history[^1], made);
            var longest = _smoothing.Apply(_gradient, _step, _options.UpdateSigma);
            if (longest <= 0)
                return (history[0], history[^1], made);
            FieldComposition.Compose(_step, _options.Step / longest, Field.Axes, _gradient, _size, _options.Threads);
            _smoothing.Apply(_gradient, Field.Axes, _options.TotalSigma);
        }
    }

    /// <summary>Regression slope of the last values, per iteration.</summary>
    private static double Growth(List<double> history)
    {
        if (history.Count < Slope)
            return double.MaxValue;
        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < Slope; i++)
        {
            var x = i - (Slope - 1) / 2.0;
            (sum, squares) = (sum + x * history[history.Count - Slope + i], squares + x * x);
        }
        return sum / squares;
    }
}
