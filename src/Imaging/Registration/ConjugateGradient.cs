using System.Runtime.Intrinsics;

namespace Gateway.Imaging.Registration;

/// <summary>
/// Conjugate gradients, preconditioned by the diagonal, for A step = right. A is positive definite, and given only as a function that
/// multiplies it with a vector. One object can solve any number of times without allocating.
/// </summary>
internal sealed class ConjugateGradient(int unknowns)
{
    private readonly float[] _residual = new float[unknowns];
    private readonly float[] _direction = new float[unknowns];
    private readonly float[] _image = new float[unknowns];
    private readonly float[] _scaled = new float[unknowns];

    /// <summary>The diagonal of A, exact or approximate, above 0. The caller fills it before it solves.</summary>
    public float[] Diagonal { get; } = new float[unknowns];

    /// <param name="multiply">Writes A times its first argument into its second.</param>
    /// <param name="right">Right hand side; not changed.</param>
    /// <param name="step">Receives the solution as far as found.</param>
    /// <param name="iterations">Most iterations.</param>
    public void Solve(Action<float[], float[]> multiply, ReadOnlySpan<float> right, Span<float> step, int iterations)
    {
        step.Clear();
        right.CopyTo(_residual);
        Divide(_residual, Diagonal, _direction);
        var energy = Dot(_residual, _direction);
        for (var i = 0; i < iterations && energy > 0; i++)
        {
            multiply(_direction, _image);
            var length = (float)(energy / Dot(_direction, _image));
            AddScaled(step, _direction, length);
            AddScaled(_residual, _image, -length);
            Divide(_residual, Diagonal, _scaled);
            var next = Dot(_residual, _scaled);
            Turn(_direction, _scaled, (float)(next / energy));
            energy = next;
        }
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var (sum, i) = (Vector256<float>.Zero, 0);
        for (; i <= a.Length - 8; i += 8)
            sum += Vector256.Create(a.Slice(i, 8)) * Vector256.Create(b.Slice(i, 8));
        var total = (double)Vector256.Sum(sum);
        for (; i < a.Length; i++)
            total += a[i] * b[i];
        return total;
    }

    /// <summary>sum + factor values, in place.</summary>
    private static void AddScaled(Span<float> sum, ReadOnlySpan<float> values, float factor)
    {
        for (var i = 0; i < sum.Length; i++)
            sum[i] += factor * values[i];
    }

    /// <summary>The next direction: steepest + share direction.</summary>
    private static void Turn(Span<float> direction, ReadOnlySpan<float> steepest, float share)
    {
        for (var i = 0; i < direction.Length; i++)
            direction[i] = steepest[i] + share * direction[i];
    }

    /// <summary>Element by element.</summary>
    private static void Divide(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result)
    {
        for (var i = 0; i < result.Length; i++)
            result[i] = a[i] / b[i];
    }
}
