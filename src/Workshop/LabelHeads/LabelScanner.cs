using Gateway.Workshop.Pathology;
using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.LabelHeads;

/// <summary>Scans one label-map head in any pose, as a stack of axial slices in both modalities.</summary>
public sealed class LabelScanner
{
    private readonly LabelHead _head;
    private readonly HeadFrame _frame;
    private readonly Lazy<Anatomy> _anatomy;

    /// <param name="path">NIfTI label map of 1 mm.</param>
    /// <exception cref="InvalidDataException">Not NIfTI, damaged, or with other voxels.</exception>
    public LabelScanner(string path)
    {
        _head = LabelHead.Load(path);
        _frame = new(_head);
        _anatomy = new(() => HeadIllness.AnatomyOf(_head));
    }

    /// <summary>The subject.</summary>
    public string Name => _head.Name;

    /// <summary>A head of which too little is in the label map is scanned as far as it goes.</summary>
    public LabelScan Scan(LabelScanOptions options)
    {
        var random = new PhantomRandom(PhantomRandom.Hash(options.Seed));
        var pose = new HeadPose(_frame, random, options.Turns);
        var findings = options.Ill ? HeadIllness.Draw(_anatomy.Value, new() { Seed = options.Seed, Chance = 1 }) : [];
        var painter = new HeadPainter(_head, pose, new(random), findings, random.Next());
        var count = Math.Max(1, (int)((options.HighMm - options.LowMm) / options.SpacingMm) + 1);
        var slices = Enumerable.Range(0, count).Select(i => options.LowMm + (i * options.SpacingMm))
            .Select(level => (Level: level, Slice: painter.Paint(level, options.ThicknessMm)))
            .SkipWhile(at => at.Slice.IsCutOff).ToArray();
        return new(slices, options.PixelMm) { Middle = new(pose.ShiftX, pose.ShiftY, -pose.Raised) };
    }
}
