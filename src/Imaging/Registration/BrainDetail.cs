using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Registration;

/// <summary>
/// What tells one level of a head from another: the brain's pattern on a 2 mm grid, without the outline, the skull and the
/// slow shading that every level shares (bias field in MR, cupping in CT).
/// </summary>
internal sealed class BrainDetail
{
    private const double RimMm = 18;
    private const double ShadingPixels = 6;

    private readonly Mask _inside;
    private readonly Image _weight;
    private readonly float _brightest;
    private readonly Image _reference;

    /// <param name="reference">[0, 1] at 2 mm.</param>
    /// <param name="head">At 2 mm.</param>
    /// <param name="brightest">Larger values are clipped to this one: in CT bone would drown the brain.</param>
    public BrainDetail(Image reference, Mask head, float brightest)
    {
        _inside = Morphology.Erode(head, RimMm / 2);
        _weight = GaussianFilter.Apply(_inside.ToImage(), ShadingPixels, ShadingPixels);
        _brightest = brightest;
        _reference = Extract(reference);
    }

    /// <summary>NCC of a registered picture's brain pattern with the reference's.</summary>
    public double Ncc(Image registered) => ImageMetrics.Ncc(_reference, Extract(registered), _inside);

    private Image Extract(Image image)
    {
        var brain = _inside.Apply(image.Map(v => Math.Min(v, _brightest)), outside: 0);
        var shading = GaussianFilter.Apply(brain, ShadingPixels, ShadingPixels);
        for (var i = 0; i < brain.Pixels.Length; i++)
            brain.Pixels[i] -= _inside.Pixels[i] ? shading.Pixels[i] / _weight.Pixels[i] : 0;
        return brain;
    }
}
