using System.Collections.Concurrent;
using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Registration;

/// <summary>
/// Deforms a picture that is already linearly registered to the fixed one. First elastically: cubic B-splines of 32, 16, 8 and 4 mm on a
/// pyramid of 8, 4, 2 and 1 mm, Gauss-Newton on squared local correlation. Then fluidly, where heads differ by more. No area shrinks below
/// 0.2 or grows above 5 times its size. Deterministic; several threads may use it at once.
/// </summary>
public sealed class DeformableRegistration
{
    private readonly Image _fixed;
    private readonly DeformableOptions _options;
    private readonly ConcurrentBag<Workspace> _idle = [];

    /// <param name="fixedImage">[0, 1], 1 mm pixels; sides divisible by 64.</param>
    public DeformableRegistration(Image fixedImage, DeformableOptions options) => (_fixed, _options) = (fixedImage, options);

    /// <summary>The whole map of a slice that is already linearly registered to the fixed picture.</summary>
    public SliceMap Register(HeadSlice head, AffineTransform2D referenceToSource) =>
        new(referenceToSource, Register(Resampler.Bilinear(head.Normalised, referenceToSource, _fixed.Width, _fixed.Height, outside: 0)));

    /// <param name="moving">[0, 1], on the fixed picture's grid, already linearly registered to it.</param>
    /// <returns>Fixed pixel to moving pixel.</returns>
    public DisplacementField2D Register(Image moving)
    {
        if (!_idle.TryTake(out var workspace))
            workspace = Prepare();
        var field = Elastic(workspace.Levels, new(moving, workspace.Levels.Length));
        workspace.Fluid.Load(Blurred(moving));
        workspace.Fluid.Improve(field, _options.Moves);
        _idle.Add(workspace);
        JacobianLimit.Apply(field);
        return field;
    }

    private DisplacementField2D Elastic(SplineFit[] levels, GaussianPyramid moving)
    {
        Array.Clear(levels[^1].Points);
        for (var level = levels.Length - 1; level >= 0; level--)
        {
            levels[level].Load(Blurred(moving[level]));
            if (level < levels.Length - 1)
                levels[level].Start(levels[level + 1]);
            levels[level].Improve(_options.Steps[level]);
        }
        var field = new DisplacementField2D(_fixed.Width, _fixed.Height);
        levels[0].Spread(field);
        return field;
    }

    private Workspace Prepare()
    {
        var pyramid = new GaussianPyramid(_fixed, _options.Steps.Count);
        return new(
            [.. _options.Steps.Select((_, level) => new SplineFit(Blurred(pyramid[level]), level, _options))],
            new(Blurred(_fixed), _options));
    }

    private Image Blurred(Image image) => GaussianFilter.Apply(image, _options.Blur, _options.Blur);

    /// <summary>All buffers of one registration. Registrations at the same time use different ones.</summary>
    private sealed record Workspace(SplineFit[] Levels, FluidFit Fluid);
}
