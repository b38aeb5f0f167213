using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Gates;

/// <summary>
/// The inside of the skull in every slab of a CT: what hangs together with the brain once all is thinned, so that neither orbits nor the
/// neck come along; then thickened again, and without holes and notches, so that vessels, blood and calcifications in the brain and the
/// sinuses at its border belong to it. Found on a grid of about 2 mm.
/// </summary>
internal sealed class BrainCavity
{
    private const float SofterThanHu = -20;
    private const float DenserThanHu = 95;
    private const double GridMm = 2;
    private const double ThinMm = 4;
    private const double ThickMm = 6;
    private const double NotchMm = 10;

    private readonly SlabStack _stack;
    private readonly int _pixels;
    private readonly (int Width, int Height) _size;

    private BrainCavity(SlabStack stack)
    {
        _stack = stack;
        _pixels = Math.Max(1, (int)Math.Round(GridMm / stack.ColumnMm));
        _size = ((stack.Width + _pixels - 1) / _pixels, (stack.Height + _pixels - 1) / _pixels);
    }

    private double ColumnMm => _pixels * _stack.ColumnMm;

    private double RowMm => _pixels * _stack.RowMm;

    /// <returns>One mask a slab; null where the chosen slice holds no brain.</returns>
    public static Mask[]? Of(SlabStack stack) => new BrainCavity(stack).Find();

    private Mask[]? Find()
    {
        var slabs = _stack.Slabs;
        var core = slabs.AsParallel().AsOrdered().Select(slab => Morphology.Erode(Soft(slab.Hu), ThinMm, ColumnMm, RowMm)).ToArray();
        var area = core[0].Pixels.Length;
        var middle = Enumerable.Range(0, slabs.Count).MinBy(i => Math.Abs(slabs[i].Height));
        var brain = Components3D.Of(core).MaxBy(component => component.Count(voxel => voxel / area == middle));
        if (brain is null || !Array.Exists(brain, voxel => voxel / area == middle))
            return null;
        var masks = Array.ConvertAll(core, mask => new Mask(mask.Width, mask.Height));
        foreach (var voxel in brain)
            masks[voxel / area].Pixels[voxel % area] = true;
        return [.. masks.AsParallel().AsOrdered().Select(mask => Fine(Thickened(mask)))];
    }

    /// <summary>Where the mean over a pixel of the coarse grid is that of brain or water.</summary>
    private Mask Soft(Image hu)
    {
        var sums = new Image(_size.Width, _size.Height);
        var counts = new int[sums.Pixels.Length];
        for (var y = 0; y < hu.Height; y++)
        {
            for (var x = 0; x < hu.Width; x++)
            {
                var at = y / _pixels * _size.Width + x / _pixels;
                sums.Pixels[at] += hu.Pixels[y * hu.Width + x];
                counts[at]++;
            }
        }
        var soft = new Mask(_size.Width, _size.Height);
        for (var i = 0; i < counts.Length; i++)
            soft.Pixels[i] = sums.Pixels[i] > SofterThanHu * counts[i] && sums.Pixels[i] < DenserThanHu * counts[i];
        return soft;
    }

    private Mask Thickened(Mask core) =>
        Morphology.FillHoles(Morphology.Erode(Morphology.Dilate(core, ThickMm + NotchMm, ColumnMm, RowMm), NotchMm, ColumnMm, RowMm));

    private Mask Fine(Mask coarse)
    {
        var fine = new Mask(_stack.Width, _stack.Height);
        for (var y = 0; y < fine.Height; y++)
            for (var x = 0; x < fine.Width; x++)
                fine.Pixels[y * fine.Width + x] = coarse.Pixels[y / _pixels * coarse.Width + x / _pixels];
        return fine;
    }
}
