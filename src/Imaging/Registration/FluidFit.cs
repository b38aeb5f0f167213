using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Registration;

/// <summary>
/// Makes small smooth moves at full resolution, each composed with the field so far. Between two different heads they reach where
/// elasticity would not let the field go. Between two pictures of one head the first move gains so little that few follow. Holds every
/// buffer.
/// </summary>
internal sealed class FluidFit
{
    /// <summary>Standard deviation that smooths a move, pixels.</summary>
    private const double MoveSigma = 2;

    /// <summary>Blur of the whole field after each move, pixels, so that ripples do not add up.</summary>
    private const double WholeSigma = 0.3;

    /// <summary>Added to the curvature, per pixel², so that faint contrast moves little.</summary>
    private const float Damping = 0.3f;

    /// <summary>A move that raises the mean squared correlation by less than this is the last.</summary>
    private const double Enough = 1e-3;

    private readonly int _width;
    private readonly WindowCorrelation _correlation;
    private readonly MovingImage _moving;
    private readonly Smoothing _move;
    private readonly Smoothing _whole;
    private readonly float[] _moved;
    private readonly float[] _slope;
    private readonly float[] _curvature;
    private readonly float[] _x;
    private readonly float[] _y;

    /// <param name="fixedImage">[0, 1].</param>
    public FluidFit(Image fixedImage, DeformableOptions options)
    {
        var (height, pixels) = (fixedImage.Height, fixedImage.Pixels.Length);
        (_width, _moving) = (fixedImage.Width, new(fixedImage.Width, height));
        _correlation = new(fixedImage, options.WindowRadius, options.VarianceFloor);
        (_move, _whole) = (new(_width, height, MoveSigma), new(_width, height, WholeSigma));
        (_moved, _slope, _curvature, _x, _y) =
            (new float[pixels], new float[pixels], new float[pixels], new float[pixels], new float[pixels]);
    }

    /// <summary>Takes a moving picture, [0, 1].</summary>
    public void Load(Image moving) => _moving.Load(moving);

    /// <summary>Improves a field by at most so many moves.</summary>
    public void Improve(DisplacementField2D field, int steps)
    {
        var before = double.NegativeInfinity;
        for (var i = 0; i < steps; i++)
        {
            Sample(field);
            var correlation = _correlation.Derivatives(_moved, _slope, _curvature);
            if (correlation - before < Enough)
                return;
            before = correlation;
            Push();
            Compose(field);
        }
    }

    private void Sample(DisplacementField2D field)
    {
        for (var i = 0; i < _moved.Length; i++)
        {
            var sample = _moving.At(i % _width + field.X[i], i / _width + field.Y[i]);
            (_moved[i], _x[i], _y[i]) = (sample[0], sample[1], sample[2]);
        }
    }

    /// <summary>Turns slopes into a move: each pixel takes its own damped Newton step, and the steps are smoothed.</summary>
    private void Push()
    {
        for (var i = 0; i < _moved.Length; i++)
        {
            var (x, y) = (_x[i], _y[i]);
            var push = -_slope[i] / (_curvature[i] * (x * x + y * y) + Damping);
            (_x[i], _y[i]) = (push * x, push * y);
        }
        _move.Apply(_x);
        _move.Apply(_y);
    }

    /// <summary>The new field applies the move first, then the old field.</summary>
    private void Compose(DisplacementField2D field)
    {
        for (var i = 0; i < _x.Length; i++)
        {
            var (x, y) = field.At(i % _width + _x[i], i / _width + _y[i]);
            (_x[i], _y[i]) = (_x[i] + (float)x, _y[i] + (float)y);
        }
        _x.CopyTo(field.X, 0);
        _y.CopyTo(field.Y, 0);
        _whole.Apply(field.X);
        _whole.Apply(field.Y);
    }
}
