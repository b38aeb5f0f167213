using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker;

#pragma warning disable RS0030 // The one room that makes Scalars; everywhere else the build forbids it.

/// <summary>Arithmetic of tensors with numbers, and additions of tensors, which have a hidden number: their factor alpha.</summary>
/// <remarks>
/// TorchSharp's operators convert a number to a Scalar that nothing refers to while native code reads it: the garbage collector may free it
/// in the middle (its pull requests 1434 and 1496). Here a using statement refers to it until the call has returned. Tensors are float32 or
/// bfloat16 and keep their type.
/// </remarks>
internal static class Arithmetic
{
    private static readonly Scalar One = 1.ToScalar();

    public static Tensor Plus(this Tensor x, Tensor y) => x.add(y, One);

    /// <summary>x = x + y.</summary>
    public static void Add(this Tensor x, Tensor y) => x.add_(y, One);

    public static Tensor Plus(this Tensor x, double number)
    {
        using var scalar = number.ToScalar();
        return x.add(scalar, One);
    }

    public static Tensor Minus(this Tensor x, double number) => x.Plus(-number);

    public static Tensor Times(this Tensor x, double number)
    {
        using var scalar = number.ToScalar();
        return x.mul(scalar);
    }

    public static Tensor Over(this Tensor x, double number)
    {
        using var scalar = number.ToScalar();
        return x.div(scalar);
    }

    public static Tensor Power(this Tensor x, double exponent)
    {
        using var scalar = exponent.ToScalar();
        return x.pow(scalar);
    }

    public static Tensor Squared(this Tensor x) => x.Power(2);

    public static Tensor AtLeast(this Tensor x, double low)
    {
        using var scalar = low.ToScalar();
        return x.clamp_min(scalar);
    }

    public static Tensor Within(this Tensor x, double low, double high)
    {
        using var least = low.ToScalar();
        using var greatest = high.ToScalar();
        return x.clamp(least, greatest);
    }

    /// <summary>Booleans: where x is less than the number.</summary>
    public static Tensor Below(this Tensor x, double number)
    {
        using var scalar = number.ToScalar();
        return x.lt(scalar);
    }

    public static Tensor LeakyRelu(this Tensor x, double slope)
    {
        using var scalar = slope.ToScalar();
        return x.leaky_relu(scalar);
    }

    /// <summary>x = x + 1, for counts of any type.</summary>
    public static void Increment(this Tensor x) => x.add_(One, One);

    /// <summary>x = factor x.</summary>
    public static void Scale(this Tensor x, double factor)
    {
        using var scalar = factor.ToScalar();
        x.mul_(scalar);
    }

    /// <summary>x = keep x + factor y.</summary>
    public static void Blend(this Tensor x, double keep, Tensor y, double factor)
    {
        using var kept = keep.ToScalar();
        using var added = factor.ToScalar();
        x.mul_(kept).add_(y, added);
    }

    /// <summary>x = keep x + factor y^2.</summary>
    public static void BlendSquare(this Tensor x, double keep, Tensor y, double factor)
    {
        using var kept = keep.ToScalar();
        using var added = factor.ToScalar();
        x.mul_(kept).addcmul_(y, y, added);
    }

    /// <summary>x = x + factor y / z.</summary>
    public static void AddQuotient(this Tensor x, double factor, Tensor y, Tensor z)
    {
        using var scalar = factor.ToScalar();
        x.addcdiv_(y, z, scalar);
    }
}
