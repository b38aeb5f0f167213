using System.Collections.Concurrent;

namespace Gateway.Imaging.Registration;

/// <summary>
/// Deforms a picture that already lies linearly on the fixed one: cubic B-splines of 32, 16, 8 and 4 mm on a pyramid of 8, 4, 2 and
/// 1 mm, Gauss-Newton on squared local correlation with bending energy. Deterministic; may be used by several threads at once.
/// </summary>
public sealed class DeformableRegistration
{
    private readonly Image _fixed;
    private readonly DeformableOptions _options;
    private readonly ConcurrentBag<SplineFit[]> _idle = [];

    /// <param name="fixedImage">[0, 1], 1 mm pixels; sides divisible by 64.</param>
    public DeformableRegistration(Image fixedImage, DeformableOptions options) => (_fixed, _options) = (fixedImage, options);

    /// <param name="moving">[0, 1], on the fixed picture's grid, which it linearly fits.</param>
    /// <returns>Fixed pixel to moving pixel.</returns>
    public DisplacementField2D Register(Image moving)
    {
        if (!_idle.TryTake(out var levels))
            levels = Levels();
        var pyramid = new GaussianPyramid(moving, levels.Length);
        for (var level = levels.Length - 1; level >= 0; level--)
        {
            levels[level].Load(Blurred(pyramid[level]));
            if (level == levels.Length - 1)
                Array.Clear(levels[level].Points);
            else
                levels[level].Start(levels[level + 1]);
            levels[level].Improve(_options.Steps[level]);
        }
        var field = new DisplacementField2D(_fixed.Width, _fixed.Height);
        levels[0].Spread(field);
        _idle.Add(levels);
        return field;
    }

    private SplineFit[] Levels()
    {
        var pyramid = new GaussianPyramid(_fixed, _options.Steps.Count);
        return [.. _options.Steps.Select((_, level) => new SplineFit(Blurred(pyramid[level]), level, _options))];
    }

    private Image Blurred(Image image) => GaussianFilter.Apply(image, _options.Blur, _options.Blur);
}
