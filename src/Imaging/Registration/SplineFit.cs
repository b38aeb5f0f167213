using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Registration;

/// <summary>One pyramid level of the deformable registration. Holds every buffer; a step allocates nothing.</summary>
internal sealed class SplineFit
{
    private readonly SplineLattice _lattice;
    private readonly SplineSystem _system;
    private readonly MovingImage _moving;
    private readonly WindowCorrelation _correlation;
    private readonly DeformableOptions _options;
    private readonly float _scale;
    private readonly float[] _x;
    private readonly float[] _y;
    private readonly float[] _moved;
    private readonly float[] _slope;
    private readonly float[] _curvature;
    private readonly float[] _right;
    private readonly float[] _step;

    /// <param name="fixedImage">[0, 1] at this level.</param>
    /// <param name="level">0 is the finest.</param>
    public SplineFit(Image fixedImage, int level, DeformableOptions options)
    {
        var pixels = fixedImage.Pixels.Length;
        (_options, _lattice, _scale) = (options, new(fixedImage.Width, fixedImage.Height), 1f / (1 << level));
        // Bending per mm⁴ and stretching per mm², integrated over mm², become sums over this level's pixels and control points.
        var bending = options.Stiffness * MathF.Pow(_scale, 4) / (SplineLattice.Spacing * SplineLattice.Spacing);
        _system = new(_lattice, new(_lattice.Columns, _lattice.Rows, bending, options.Tension * _scale * _scale));
        _moving = new(fixedImage.Width, fixedImage.Height);
        _correlation = new(fixedImage, options.WindowRadius, options.VarianceFloor);
        (_x, _y, _moved, _slope, _curvature) =
            (new float[pixels], new float[pixels], new float[pixels], new float[pixels], new float[pixels]);
        var unknowns = 2 * _lattice.Points;
        (Points, _right, _step) = (new float[unknowns], new float[unknowns], new float[unknowns]);
    }

    /// <summary>Displacements of the control points, mm: all x, then all y.</summary>
    public float[] Points { get; }

    public void Load(Image moving) => _moving.Load(moving);

    /// <summary>Starts from the result of a coarser level.</summary>
    public void Start(SplineFit coarser)
    {
        var n = _lattice.Points;
        coarser._lattice.Refine(coarser.Points.AsSpan(0, coarser._lattice.Points), _lattice, Points.AsSpan(0, n));
        coarser._lattice.Refine(coarser.Points.AsSpan(coarser._lattice.Points), _lattice, Points.AsSpan(n));
    }

    /// <summary>Takes Gauss-Newton steps. A step that does not lower the energy is halved; one that hardly lowers it is the last.</summary>
    /// <returns>Energy: 1 - correlation² of the windows, bending and stretching, summed over the level's pixels.</returns>
    public double Improve(int steps)
    {
        var best = double.PositiveInfinity;
        _step.AsSpan().Clear();
        for (var i = 0; i <= steps; i++)
        {
            _system.Spread(Points, _x, _y);
            Sample();
            var energy = _moved.Length * (1 - _correlation.Derivatives(_moved, _slope, _curvature)) + _system.Energy(Points);
            if (energy > best)
            {
                Move(-0.5f);
                Scale(0.5f);
                continue;
            }
            if (i == steps || best - energy < _options.Enough * energy)
                return energy;
            best = energy;
            Weigh();
            _system.Collect(_slope, _curvature, _right);
            _system.AddElasticity(Points, -1, _right);
            _system.Solve(_x, _y, _right, _step, _options.SolverIterations);
            Move(1);
        }
        return best;
    }

    private void Move(float share)
    {
        for (var k = 0; k < Points.Length; k++)
            Points[k] += share * _step[k];
    }

    private void Scale(float share)
    {
        for (var k = 0; k < _step.Length; k++)
            _step[k] *= share;
    }

    public void Spread(DisplacementField2D field) => _system.Spread(Points, field.X, field.Y);

    /// <summary>Samples the moving picture as the control points deform it; its slopes, per mm, overwrite the displacements.</summary>
    private void Sample()
    {
        var width = _lattice.PixelWidth;
        for (var y = 0; y < _lattice.PixelHeight; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var at = y * width + x;
                var sample = _moving.At(x + _x[at] * _scale, y + _y[at] * _scale);
                (_moved[at], _x[at], _y[at]) = (sample[0], sample[1] * _scale, sample[2] * _scale);
            }
        }
    }

    /// <summary>Replaces the slopes by s, the slopes times the root of the curvature, and slope and curvature by the x and y
    /// of the right hand side.</summary>
    private void Weigh()
    {
        for (var i = 0; i < _x.Length; i++)
        {
            var (root, slope) = (MathF.Sqrt(_curvature[i]), -_slope[i]);
            (_slope[i], _curvature[i]) = (slope * _x[i], slope * _y[i]);
            (_x[i], _y[i]) = (root * _x[i], root * _y[i]);
        }
    }
}
