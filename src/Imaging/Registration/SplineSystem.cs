namespace Gateway.Imaging.Registration;

/// <summary>
/// The normal equations of one Gauss-Newton step on a lattice, never written out: (Bᵀ s sᵀ B + R) step = right, where
/// B spreads control points over pixels, s is one vector per pixel and R is the elasticity. Solved by conjugate gradients.
/// </summary>
/// <remarks>Vectors hold the x parts of all control points, then the y parts.</remarks>
internal sealed class SplineSystem
{
    /// <summary>Σ B² / Σ B in two dimensions; it gives the diagonal of BᵀB from its row sums.</summary>
    private const float DiagonalShare = 0.23f;

    private readonly SplineLattice _lattice;
    private readonly Elasticity _elasticity;
    private readonly float[] _wideX;
    private readonly float[] _wideY;
    private readonly float[] _sumX;
    private readonly float[] _sumY;
    private readonly float[] _rowX;
    private readonly float[] _rowY;
    private readonly ConjugateGradient _solver;

    public SplineSystem(SplineLattice lattice, Elasticity elasticity)
    {
        (_lattice, _elasticity) = (lattice, elasticity);
        var wide = lattice.Rows * lattice.PixelWidth;
        (_wideX, _wideY, _sumX, _sumY) = (new float[wide], new float[wide], new float[wide], new float[wide]);
        (_rowX, _rowY) = (new float[lattice.PixelWidth], new float[lattice.PixelWidth]);
        _solver = new(2 * lattice.Points);
    }

    /// <summary>Displacement of every pixel.</summary>
    public void Spread(ReadOnlySpan<float> points, Span<float> x, Span<float> y)
    {
        var width = _lattice.PixelWidth;
        _lattice.Widen(points[.._lattice.Points], _wideX);
        _lattice.Widen(points[_lattice.Points..], _wideY);
        for (var row = 0; row < _lattice.PixelHeight; row++)
        {
            _lattice.Row(_wideX, row, x.Slice(row * width, width));
            _lattice.Row(_wideY, row, y.Slice(row * width, width));
        }
    }

    /// <summary>The transpose of <see cref="Spread"/>: sums the pixels' vectors with the same weights.</summary>
    public void Collect(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> points)
    {
        var width = _lattice.PixelWidth;
        _sumX.AsSpan().Clear();
        _sumY.AsSpan().Clear();
        for (var row = 0; row < _lattice.PixelHeight; row++)
        {
            _lattice.AddRow(x.Slice(row * width, width), row, _sumX);
            _lattice.AddRow(y.Slice(row * width, width), row, _sumY);
        }
        _lattice.Narrow(_sumX, points[.._lattice.Points]);
        _lattice.Narrow(_sumY, points[_lattice.Points..]);
    }

    /// <summary>The elastic energy of both components.</summary>
    public double Energy(ReadOnlySpan<float> points) =>
        _elasticity.Energy(points[.._lattice.Points]) + _elasticity.Energy(points[_lattice.Points..]);

    /// <summary>Adds factor times R points to the sums.</summary>
    public void AddElasticity(ReadOnlySpan<float> points, float factor, Span<float> sums)
    {
        _elasticity.AddSlope(points[.._lattice.Points], factor, sums[.._lattice.Points]);
        _elasticity.AddSlope(points[_lattice.Points..], factor, sums[_lattice.Points..]);
    }

    /// <param name="x">x part of s at every pixel.</param>
    /// <param name="y">y part.</param>
    /// <param name="right">Right hand side; not changed.</param>
    /// <param name="step">Receives the solution as far as found.</param>
    /// <param name="iterations">Iterations of conjugate gradients.</param>
    public void Solve(float[] x, float[] y, ReadOnlySpan<float> right, Span<float> step, int iterations)
    {
        Precondition(x, y);
        _solver.Solve((points, result) => Multiply(x, y, points, result), right, step, iterations);
    }

    private void Multiply(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> points, Span<float> result)
    {
        var width = _lattice.PixelWidth;
        _lattice.Widen(points[.._lattice.Points], _wideX);
        _lattice.Widen(points[_lattice.Points..], _wideY);
        _sumX.AsSpan().Clear();
        _sumY.AsSpan().Clear();
        for (var row = 0; row < _lattice.PixelHeight; row++)
        {
            _lattice.Row(_wideX, row, _rowX);
            _lattice.Row(_wideY, row, _rowY);
            Project(x.Slice(row * width, width), y.Slice(row * width, width));
            _lattice.AddRow(_rowX, row, _sumX);
            _lattice.AddRow(_rowY, row, _sumY);
        }
        _lattice.Narrow(_sumX, result[.._lattice.Points]);
        _lattice.Narrow(_sumY, result[_lattice.Points..]);
        AddElasticity(points, 1, result);
    }

    /// <summary>Replaces a row of displacements u by s (s · u).</summary>
    private void Project(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var sx = Lanes.Of(x);
        var sy = Lanes.Of(y);
        var ux = Lanes.Of(_rowX);
        var uy = Lanes.Of(_rowY);
        for (var i = 0; i < ux.Length; i++)
        {
            var along = sx[i] * ux[i] + sy[i] * uy[i];
            (ux[i], uy[i]) = (sx[i] * along, sy[i] * along);
        }
    }

    private void Precondition(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var width = _lattice.PixelWidth;
        _sumX.AsSpan().Clear();
        _sumY.AsSpan().Clear();
        for (var row = 0; row < _lattice.PixelHeight; row++)
        {
            for (var i = 0; i < width; i++)
                (_rowX[i], _rowY[i]) = (x[row * width + i] * x[row * width + i], y[row * width + i] * y[row * width + i]);
            _lattice.AddRow(_rowX, row, _sumX);
            _lattice.AddRow(_rowY, row, _sumY);
        }
        _lattice.Narrow(_sumX, _solver.Diagonal.AsSpan(0, _lattice.Points));
        _lattice.Narrow(_sumY, _solver.Diagonal.AsSpan(_lattice.Points));
        var diagonal = _solver.Diagonal;
        for (var i = 0; i < diagonal.Length; i++)
            diagonal[i] = DiagonalShare * diagonal[i] + _elasticity.Diagonal;
    }
}
