using System.Collections.Concurrent;
using System.Runtime.Intrinsics;
using Gateway.Imaging.Registration;

namespace Gateway.VolumeRegistration;

/// <summary>
/// The normal equations of one Gauss-Newton step on a lattice, never written out: (Bᵀ s sᵀ B + R) step = right, where B spreads control
/// points over voxels, s is one vector per voxel and R is the elasticity. Solved by conjugate gradients.
/// </summary>
/// <remarks>Slabs of planes are shared among threads and added up in their order: the result does not depend on their number.
/// Vectors hold the x parts of all control points, then the y and the z parts.</remarks>
internal sealed class SplineSystem3D
{
    /// <summary>Σ B² / Σ B in three dimensions: the diagonal of BᵀB from its row sums.</summary>
    private const float DiagonalShare = 0.11f;

    private readonly SplineLattice3D _lattice;
    private readonly Elasticity3D _elasticity;
    private readonly ParallelOptions _threads;
    private readonly ConcurrentBag<SplineSlab> _idle = [];
    private readonly float[] _wide;
    private readonly float[] _collected;
    private readonly ConjugateGradient _solver;

    public SplineSystem3D(SplineLattice3D lattice, Elasticity3D elasticity, int threads)
    {
        (_lattice, _elasticity, _threads) = (lattice, elasticity, new() { MaxDegreeOfParallelism = threads });
        _wide = new float[3 * lattice.Layers * lattice.Rows * lattice.Width];
        _collected = new float[lattice.Slabs * 12 * lattice.Rows * lattice.Columns];
        _solver = new(3 * lattice.Points);
    }

    /// <summary>Displacement of every voxel.</summary>
    public void Spread(float[] points, float[][] field)
    {
        Widen(points);
        Rows((slab, at, phase) =>
        {
            slab.Displace(phase);
            slab.X.CopyTo(field[0], at);
            slab.Y.CopyTo(field[1], at);
            slab.Z.CopyTo(field[2], at);
        }, expand: true, collect: false);
    }

    /// <summary>The right hand side Bᵀ (s ratio).</summary>
    public void Collect(float[][] s, float[] ratio, float[] sums)
    {
        Rows((slab, at, phase) =>
        {
            var length = slab.X.Length;
            Multiply(s[0].AsSpan(at, length), ratio.AsSpan(at, length), slab.X);
            Multiply(s[1].AsSpan(at, length), ratio.AsSpan(at, length), slab.Y);
            Multiply(s[2].AsSpan(at, length), ratio.AsSpan(at, length), slab.Z);
            slab.Collect(phase);
        }, expand: false, collect: true);
        AddUp(sums);
    }

    /// <param name="s">x, y and z parts of s at every voxel.</param>
    /// <param name="right">Right hand side; kept.</param>
    /// <param name="step">The solution so far found.</param>
    /// <param name="iterations">Of conjugate gradients.</param>
    public void Solve(float[][] s, float[] right, float[] step, int iterations)
    {
        Precondition(s);
        _solver.Solve((points, result) => Multiply(s, points, result), right, step, iterations);
    }

    /// <summary>The normal equations' matrix times the points.</summary>
    public void Multiply(float[][] s, float[] points, float[] result)
    {
        Widen(points);
        Rows((slab, at, phase) =>
        {
            slab.Displace(phase);
            Project(s, at, slab);
            slab.Collect(phase);
        }, expand: true, collect: true);
        AddUp(result);
        _elasticity.AddSlope(points, 1, result);
    }

    private void Precondition(float[][] s)
    {
        Rows((slab, at, phase) =>
        {
            var length = slab.X.Length;
            Multiply(s[0].AsSpan(at, length), s[0].AsSpan(at, length), slab.X);
            Multiply(s[1].AsSpan(at, length), s[1].AsSpan(at, length), slab.Y);
            Multiply(s[2].AsSpan(at, length), s[2].AsSpan(at, length), slab.Z);
            slab.Collect(phase);
        }, expand: false, collect: true);
        AddUp(_solver.Diagonal);
        var diagonal = _solver.Diagonal;
        for (var i = 0; i < diagonal.Length; i++)
            diagonal[i] = DiagonalShare * diagonal[i] + _elasticity.Diagonal(i);
    }

    private void Widen(float[] points)
    {
        var layer = _lattice.Rows * _lattice.Columns;
        Parallel.For(0, 3 * _lattice.Layers, _threads, i =>
            _lattice.Widen(
                points.AsSpan(i * layer, layer), _wide.AsSpan(i * _lattice.Rows * _lattice.Width, _lattice.Rows * _lattice.Width)));
    }

    /// <summary>Goes through all rows of voxels, slab by slab.</summary>
    private void Rows(Action<SplineSlab, int, int> row, bool expand, bool collect) => Parallel.For(0, _lattice.Slabs, _threads, index =>
    {
        if (!_idle.TryTake(out var slab))
            slab = new(_lattice);
        if (collect)
            slab.Clear();
        for (var y = 0; y < _lattice.Height; y++)
        {
            if (expand)
                slab.Expand(_wide, index, y);
            for (var z = _lattice.Spacing * index; z < Math.Min(_lattice.Spacing * (index + 1), _lattice.Depth); z++)
                row(slab, (z * _lattice.Height + y) * _lattice.Width, z % _lattice.Spacing);
            if (collect)
                slab.Fold(y);
        }
        if (collect)
            slab.Narrow(_collected.AsSpan(index * _collected.Length / _lattice.Slabs, _collected.Length / _lattice.Slabs));
        _idle.Add(slab);
    });

    private void AddUp(float[] points)
    {
        points.AsSpan().Clear();
        var layer = _lattice.Rows * _lattice.Columns;
        for (var i = 0; i < 12 * _lattice.Slabs; i++)
        {
            var sum = points.AsSpan((i % 3 * _lattice.Layers + i / 12 + i % 12 / 3) * layer, layer);
            PlaneFilter.Add(sum, sum, _collected.AsSpan(i * layer, layer));
        }
    }

    /// <summary>A row of displacements u becomes s (s · u).</summary>
    private static void Project(float[][] s, int at, SplineSlab slab)
    {
        var (ux, uy, uz) = (slab.X, slab.Y, slab.Z);
        for (var i = 0; i < ux.Length; i += 8)
        {
            var (sx, sy, sz) = (Vector256.Create(s[0], at + i), Vector256.Create(s[1], at + i), Vector256.Create(s[2], at + i));
            var along = sx * Vector256.Create(ux, i) + sy * Vector256.Create(uy, i) + sz * Vector256.Create(uz, i);
            (sx * along).CopyTo(ux, i);
            (sy * along).CopyTo(uy, i);
            (sz * along).CopyTo(uz, i);
        }
    }

    private static void Multiply(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result)
    {
        var left = Lanes.Of(a);
        var right = Lanes.Of(b);
        var to = Lanes.Of(result);
        for (var i = 0; i < to.Length; i++)
            to[i] = left[i] * right[i];
    }
}
