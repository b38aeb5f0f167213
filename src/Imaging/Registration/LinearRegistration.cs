using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Registration;

/// <summary>
/// Registers a head to one reference: first rotation, translation and scale, then all six parameters. Maximises global NCC over a pyramid
/// of 8, 4, 2 and 1 mm. The rotation is searched from -90 to 90 degrees on the coarsest level. Deterministic.
/// </summary>
public sealed class LinearRegistration
{
    private const int Levels = 4;
    private const int ContrastLevel = 2;

    private readonly GaussianPyramid _reference;
    private readonly (double X, double Y) _centre;
    private readonly Image _contrast;
    private readonly BrainDetail _detail;
    private readonly int _width;
    private readonly int _height;

    /// <param name="reference">[0,1], 1.0 mm pixels, background 0; width and height divisible by 8.</param>
    /// <param name="mask">The reference's head; its centroid is the centre of rotation.</param>
    /// <param name="brightest">Where slices are told apart, larger values are clipped to this one: in CT bone
    /// would drown the brain.</param>
    public LinearRegistration(Image reference, Mask mask, float brightest = 1)
    {
        (_width, _height) = (reference.Width, reference.Height);
        _reference = new(reference, Levels);
        _centre = mask.Centroid();
        _contrast = LocalContrast.Of(_reference[ContrastLevel]);
        _detail = new(
            _reference[1], Resampler.Nearest(mask, AffineTransform2D.Similarity(0, 2, -0.5, -0.5), _width / 2, _height / 2), brightest);
    }

    /// <summary>Similarity, then affine, on all levels.</summary>
    public LinearRegistrationResult Register(HeadSlice head)
    {
        var (start, moving) = Prepare(head);
        var map = Turned(moving, Similarity(moving, finestLevel: 1).Map);
        for (var level = 2; level >= 0; level--)
            (map, _) = Fit(moving, level).Improve(map, affine: true, iterations: 30);
        return Result(start, moving, map, level: 0);
    }

    /// <summary>Similarity only, on the 8, 4 and 2 mm levels: enough for choosing a slice.</summary>
    public LinearRegistrationResult RegisterCoarsely(HeadSlice head)
    {
        var (start, moving) = Prepare(head);
        return Result(start, moving, Similarity(moving, finestLevel: 1).Map, level: 1);
    }

    /// <summary>Registers two pictures on one 1.0 mm grid by all six parameters, starting from where they lie.</summary>
    /// <returns>Reference pixel to moving pixel.</returns>
    public AffineTransform2D Register(Image image)
    {
        var moving = new GaussianPyramid(image, Levels);
        var map = AffineTransform2D.Identity;
        for (var level = Levels - 1; level >= 0; level--)
            map = Fit(moving, level).Improve(map, affine: level < Levels - 1, iterations: 30).Map;
        return map;
    }

    private LinearFit Fit(GaussianPyramid moving, int level) => new(_reference[level], moving[level], level, _centre);

    private (AffineTransform2D Start, GaussianPyramid Moving) Prepare(HeadSlice head)
    {
        var start = head.FromReference(_centre);
        return (start, new(Resampler.Bilinear(head.Normalised, start, _width, _height, outside: 0), Levels));
    }

    private (AffineTransform2D Map, double Ncc) Similarity(GaussianPyramid moving, int finestLevel)
    {
        var coarse = Fit(moving, Levels - 1);
        var best = Enumerable.Range(-9, 19)
            .Select(tens => AffineTransform2D.Similarity(10 * tens, 1, _centre.X, _centre.Y))
            .OrderByDescending(coarse.Ncc)
            .Take(3)
            .Select(
                start => Fit(moving, Levels - 2).Improve(
                    coarse.Improve(start, affine: false, iterations: 20, enough: 1e-4).Map, affine: false, iterations: 20, enough: 1e-4))
            .MaxBy(candidate => candidate.Ncc);
        for (var level = Levels - 3; level >= finestLevel; level--)
            best = Fit(moving, level).Improve(best.Map, affine: false, iterations: 20, enough: 1e-4);
        return best;
    }

    /// <summary>
    /// A deformed skull can turn the whole head. Rotations from the map found are tried on the local contrast at 4 mm, where the brain
    /// counts as much as the skull, and the best is kept.
    /// </summary>
    private AffineTransform2D Turned(GaussianPyramid moving, AffineTransform2D map)
    {
        var fit = new LinearFit(_contrast, LocalContrast.Of(moving[ContrastLevel]), ContrastLevel, _centre);
        return Enumerable.Range(-3, 7)
            .Select(turn => AffineTransform2D.Similarity(10 * turn, 1, _centre.X, _centre.Y).Then(map))
            .Select(
                start => fit.Improve(
                    fit.Improve(start, affine: false, iterations: 20, enough: 1e-4).Map, affine: true, iterations: 20, enough: 1e-4))
            .MaxBy(found => found.Ncc).Map;
    }

    private LinearRegistrationResult Result(AffineTransform2D start, GaussianPyramid moving, AffineTransform2D map, int level) => new()
    {
        ReferenceToSource = map.Then(start),
        Correction = map,
        NccBefore = Fit(moving, level).Ncc(AffineTransform2D.Identity),
        NccAfter = Fit(moving, level).Ncc(map),
        NccInside = _detail.Ncc(Fit(moving, 1).Moved(map)),
    };
}
