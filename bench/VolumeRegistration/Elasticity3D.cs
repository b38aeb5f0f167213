using System.Runtime.Intrinsics;
using Gateway.Imaging.Volumes;

namespace Gateway.VolumeRegistration;

/// <summary>
/// What deforming costs, on a lattice of control points: the squared Laplacian (bending; Fischer and Modersitzki 2003) and squared first
/// differences (stretching). Borders reflect, so that the displacement flattens where the volume ends, as it is continued beyond.
/// </summary>
internal sealed class Elasticity3D
{
    private readonly SplineLattice3D _lattice;
    private readonly Vector3D _weights;
    private readonly float _bending;
    private readonly float _stretching;
    private readonly float[] _laplacian;
    private readonly float[] _stiffer;
    private readonly float[] _slope;
    private readonly float _bendingDiagonal;
    private readonly float _stretchingDiagonal;

    /// <param name="lattice">Control points.</param>
    /// <param name="voxel">Size of a voxel of the level, mm.</param>
    /// <param name="stiffness">Weight of the squared Laplacian, mm², integrated over the level's voxels.</param>
    /// <param name="tension">Weight of squared first derivatives, likewise.</param>
    public Elasticity3D(SplineLattice3D lattice, Vector3D voxel, double stiffness, double tension)
    {
        double knot = lattice.Spacing;
        _lattice = lattice;
        _weights = new(1 / Math.Pow(knot * voxel.X, 2), 1 / Math.Pow(knot * voxel.Y, 2), 1 / Math.Pow(knot * voxel.Z, 2));
        (_bending, _stretching) = ((float)(knot * knot * knot * stiffness), (float)(knot * knot * knot * tension));
        (_laplacian, _stiffer, _slope) = (new float[lattice.Points], new float[lattice.Points], new float[3 * lattice.Points]);
        _stiffer.AsSpan().Fill(1);
        var sum = 2 * (_weights.X + _weights.Y + _weights.Z);
        var squares = 2 * _weights.Dot(_weights);
        (_bendingDiagonal, _stretchingDiagonal) = ((float)(_bending * (sum * sum + squares)), (float)(_stretching * sum));
    }

    /// <summary>Diagonal of the energy's matrix, as if the point did not lie on the border.</summary>
    public float Diagonal(int point) => _bendingDiagonal * _stiffer[point % _stiffer.Length] + _stretchingDiagonal;

    /// <summary>Makes bending dearer where it is marked.</summary>
    public void Stiffen(bool[] marked, float factor)
    {
        for (var i = 0; i < marked.Length; i++)
            _stiffer[i] *= marked[i] ? factor : 1;
    }

    /// <param name="points">x, then y, then z parts.</param>
    public double Energy(float[] points)
    {
        _slope.AsSpan().Clear();
        AddSlope(points, 1, _slope);
        var sum = 0.0;
        for (var i = 0; i < points.Length; i++)
            sum += points[i] * _slope[i];
        return sum;
    }

    /// <summary>Adds half the energy's derivative, times a factor.</summary>
    public void AddSlope(float[] points, float factor, float[] sums)
    {
        for (var at = 0; at < points.Length; at += _lattice.Points)
        {
            _laplacian.AsSpan().Clear();
            AddLaplacian(points.AsSpan(at, _lattice.Points), _laplacian, 1);
            for (var i = 0; i < _laplacian.Length; i++)
                _laplacian[i] *= _stiffer[i];
            AddLaplacian(_laplacian, sums.AsSpan(at, _lattice.Points), factor * _bending);
            AddLaplacian(points.AsSpan(at, _lattice.Points), sums.AsSpan(at, _lattice.Points), -factor * _stretching);
        }
    }

    private void AddLaplacian(ReadOnlySpan<float> points, Span<float> sums, float factor)
    {
        var (row, layer) = (_lattice.Columns, _lattice.Columns * _lattice.Rows);
        for (var at = 0; at < points.Length; at += row)
            AddDifferences(points.Slice(at, row), sums.Slice(at, row), 1, factor * (float)_weights.X);
        for (var at = 0; at < points.Length; at += layer)
            AddDifferences(points.Slice(at, layer), sums.Slice(at, layer), row, factor * (float)_weights.Y);
        AddDifferences(points, sums, layer, factor * (float)_weights.Z);
    }

    /// <summary>Adds what the neighbours a stride before and after, as far as there are any, differ.</summary>
    private static void AddDifferences(ReadOnlySpan<float> points, Span<float> sums, int stride, float weight)
    {
        AddDifference(points[stride..], points[..^stride], sums[..^stride], weight);
        AddDifference(points[..^stride], points[stride..], sums[stride..], weight);
    }

    private static void AddDifference(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> sums, float weight)
    {
        var i = 0;
        for (; i <= a.Length - 8; i += 8)
            (Vector256.Create<float>(sums[i..]) + (Vector256.Create(a[i..]) - Vector256.Create(b[i..])) * weight).CopyTo(sums[i..]);
        for (; i < a.Length; i++)
            sums[i] += (a[i] - b[i]) * weight;
    }
}
