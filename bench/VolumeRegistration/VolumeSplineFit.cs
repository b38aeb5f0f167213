using System.Runtime.Intrinsics;
using Gateway.Imaging.Volumes;

namespace Gateway.VolumeRegistration;

/// <summary>One level of the pyramid. Holds every buffer; a step makes none.</summary>
internal sealed class VolumeSplineFit
{
    private readonly DeformableVolumeOptions _options;
    private readonly Vector3D _voxel;
    private readonly SplineLattice3D _lattice;
    private readonly Elasticity3D _elasticity;
    private readonly SplineSystem3D _system;
    private readonly MovingVolume _moving = null!;
    private readonly LocalVolumeCorrelation _correlation = null!;
    private readonly FoldRelief _relief;
    private readonly float[][] _field = null!;
    private readonly float[] _moved = null!;
    private readonly float[] _points;
    private readonly float[] _right;
    private readonly float[] _step;

    /// <param name="grid">The fixed volume at this level, its width a multiple of 8.</param>
    /// <param name="moving">The moving one.</param>
    /// <param name="fixedToMoving">Patient mm.</param>
    /// <param name="spacing">Voxels between two control points.</param>
    /// <param name="options">Stiffness, steps, threads.</param>
    public VolumeSplineFit(
        VoxelVolume grid, VoxelVolume moving, AffineTransform3D fixedToMoving, int spacing, DeformableVolumeOptions options)
        : this(new(grid.Width, grid.Height, grid.Depth, spacing), new(grid.Spacing.X, grid.Spacing.Y, grid.Spacing.Z), options)
    {
        _moving = new(moving, grid.ToPatient.Then(fixedToMoving).Then(moving.ToPatient.Invert()), _voxel, options.Threads);
        _correlation = new(grid, options.VarianceFloor, options.Threads);
        _field = new DisplacementField3D(grid.Width, grid.Height, grid.Depth).Axes;
        _moved = new float[grid.Voxels.Length];
    }

    /// <summary>Goes on from a level on the same volumes, whose buffers it takes over.</summary>
    /// <param name="coarser">The level before.</param>
    /// <param name="spacing">Voxels between two control points.</param>
    public VolumeSplineFit(VolumeSplineFit coarser, int spacing)
        : this(new(coarser._lattice.Width, coarser._lattice.Height, coarser._lattice.Depth, spacing), coarser._voxel, coarser._options) =>
        (_moving, _correlation, _field, _moved) = (coarser._moving, coarser._correlation, coarser._field, coarser._moved);

    private VolumeSplineFit(SplineLattice3D lattice, Vector3D voxel, DeformableVolumeOptions options)
    {
        (_options, _voxel, _lattice, _elasticity) = (options, voxel, lattice, new(lattice, voxel, options.Stiffness, options.Tension));
        (_system, _relief) = (new(lattice, _elasticity, options.Threads), new(lattice, voxel, options));
        (_points, _right, _step) = (new float[3 * lattice.Points], new float[3 * lattice.Points], new float[3 * lattice.Points]);
    }

    /// <summary>Starts where a coarser level ended.</summary>
    public void Start(VolumeSplineFit coarser) => coarser.Convert(_lattice, _voxel, _points);

    /// <summary>Takes Gauss-Newton steps. One that does not lower the energy is halved, one that hardly does is the last; where one comes
    /// near folding, the lattice is made stiffer.</summary>
    /// <returns>Mean squared correlation before the first step and after the last, and the steps.</returns>
    public (double Before, double After, int Steps) Improve(int steps)
    {
        var (best, before, after, taken) = (double.PositiveInfinity, 0.0, 0.0, 0);
        for (var i = 0; i <= steps; i++)
        {
            _system.Spread(_points, _field);
            var folds = i > 0 && _relief.Mark(_field, margin: 0.3f);
            _moving.Sample(_field, _lattice.Width, _lattice.Height, _moved);
            var correlation = _correlation.Evaluate(_moved);
            var energy = _moved.Length * (1 - correlation) + _elasticity.Energy(_points);
            if (energy > best)
            {
                Move(i == steps ? -1 : -0.5f);
                PlaneFilter.Scale(_step, 0.5f);
                continue;
            }
            before = i == 0 ? correlation : before;
            (after, taken) = (correlation, i);
            if (i == steps || (best - energy < _options.Enough * energy && !folds))
                break;
            best = energy;
            if (folds)
            {
                best -= _elasticity.Energy(_points);
                _elasticity.Stiffen(_relief.Marked, 4);
                best += _elasticity.Energy(_points);
            }
            Weigh();
            _system.Collect(_field, _correlation.Step, _right);
            _elasticity.AddSlope(_points, -1, _right);
            _system.Solve(_field, _right, _step, _options.SolverIterations);
            Move(1);
        }
        return (before, after, taken);
    }

    /// <summary>The displacement of every voxel of the fixed volume, in voxels, its changes of volume held within bounds.</summary>
    public DisplacementField3D Field(VoxelVolume fixedVolume)
    {
        var voxel = new Vector3D(fixedVolume.Spacing.X, fixedVolume.Spacing.Y, fixedVolume.Spacing.Z);
        var fit = this;
        if (voxel != _voxel)
        {
            fit = new(new((fixedVolume.Width + 7) / 8 * 8, fixedVolume.Height, fixedVolume.Depth, _lattice.Spacing), voxel, _options);
            Convert(fit._lattice, voxel, fit._points);
        }
        var (width, wide) = (fit._lattice.Width, _field);
        if (fit != this)
            wide = new DisplacementField3D(width, fixedVolume.Height, fixedVolume.Depth).Axes;
        fit._relief.Smooth(fit._system, fit._points, wide);
        var result = new DisplacementField3D(fixedVolume.Width, fixedVolume.Height, fixedVolume.Depth);
        foreach (var (axis, size) in (ReadOnlySpan<(int, double)>)[(0, voxel.X), (1, voxel.Y), (2, voxel.Z)])
        {
            for (var row = 0; row < result.Height * result.Depth; row++)
                wide[axis].AsSpan(row * width, result.Width).CopyTo(result.Axes[axis].AsSpan(row * result.Width));
            PlaneFilter.Scale(result.Axes[axis], (float)(1 / size));
        }
        return result;
    }

    private void Convert(SplineLattice3D lattice, Vector3D voxel, float[] points)
    {
        var ratio = new Vector3D(voxel.X / _voxel.X, voxel.Y / _voxel.Y, voxel.Z / _voxel.Z) * ((double)lattice.Spacing / _lattice.Spacing);
        for (var axis = 0; axis < 3; axis++)
            _lattice.Convert(
                _points.AsSpan(axis * _lattice.Points, _lattice.Points), lattice, ratio,
                points.AsSpan(axis * lattice.Points, lattice.Points));
    }

    private void Move(float share)
    {
        for (var k = 0; k < _points.Length; k++)
            _points[k] += share * _step[k];
    }

    /// <summary>Slopes become s, the square root of the curvature times them, and the step what s must be multiplied by.</summary>
    private void Weigh()
    {
        var (curvature, step) = (_correlation.Curvature, _correlation.Step);
        for (var i = 0; i < curvature.Length; i += 8)
        {
            var root = Vector256.Sqrt(Vector256.Create(curvature, i));
            (Vector256.Create(step, i) * root).CopyTo(step, i);
            foreach (var axis in _field)
                (Vector256.Create(axis, i) * root).CopyTo(axis, i);
        }
    }
}
