using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Modalities;

/// <summary>
/// Everything the gateway knows of one modality; whoever must behave differently for another modality asks here. The modalities of the
/// shipped models are in <see cref="ShippedModalities"/>; another is one profile more, registered beside them, and a folder of models.
/// </summary>
public sealed record ModalityProfile
{
    public required Modality Modality { get; init; }

    /// <summary>What an eligible series is translated to.</summary>
    public required Modality To { get; init; }

    /// <summary>SOP Class UIDs of the series that may be eligible.</summary>
    public required IReadOnlyList<string> SourceSopClasses { get; init; }

    /// <summary>What the headers of an eligible series must meet beyond the rules for every modality.</summary>
    public required IReadOnlyList<EligibilityRule> Rules { get; init; }

    /// <summary>Of the values inside the head, the fractions that become -1 and 1; null for Hounsfield units, which mean the same in every slice: there the model's window does.</summary>
    public (double Low, double High)? HeadFractions { get; init; }

    /// <summary>Value outside the head.</summary>
    public required float Air { get; init; }

    /// <summary>Finds the head: image in the modality's units, pixel width and pixel height in mm.</summary>
    public required Func<Image, double, double, Mask> FindHead { get; init; }

    /// <summary>Every slice is masked by the reference's mask, built once on its bone; otherwise by the slice's own head.</summary>
    public bool MaskedByReference { get; init; }

    /// <summary>Grey value of a reference, 0..1; registration takes brighter ones for this one, so that bone does not drown the brain.</summary>
    public float BrightestBrain { get; init; } = 1;

    /// <summary>Bone is the brightest tissue; otherwise it is the dark ring under the scalp.</summary>
    public bool BoneIsBright { get; init; }

    /// <summary>Motion shows as ghosts in the air beside the head.</summary>
    public bool HasGhosts { get; init; }

    /// <summary>How far the looks of one scanner lie from another's, beside those of MR: training varies its sources by as much.</summary>
    public double ScannerVariation { get; init; } = 1;

    /// <summary>Modality (0008,0060) of its series, received and derived.</summary>
    public required string DicomModality { get; init; }

    /// <summary>SOP Class of a derived image; names the image module that it is written by.</summary>
    public required DicomUID SopClass { get; init; }

    /// <summary>Image Type (0008,0008) value 3 of a derived image.</summary>
    public required string ImageType { get; init; }

    /// <summary>In descriptions: <c>T2-weighted MR</c>.</summary>
    public required string Words { get; init; }

    /// <summary>On pictures, in capitals: <c>T2 MR</c>.</summary>
    public required string Caption { get; init; }

    public Direction Direction => new(Modality, To);

    public bool IsHounsfield => HeadFractions is null;

    /// <summary>Image Type (0008,0008) of a derived image.</summary>
    public IReadOnlyList<string> DerivedImageType => ["DERIVED", "SECONDARY", ImageType];

    /// <summary>What a generator's -1..1 stands for in a picture of this modality that it makes.</summary>
    /// <param name="window">The model's, HU.</param>
    public GreyRange MadeRange(GreyRange window) => IsHounsfield ? window : new(0, 1);

    /// <summary>The values of a slice that become -1 and 1.</summary>
    /// <param name="image">In the modality's units.</param>
    /// <param name="head">The head in it.</param>
    /// <param name="window">The model's, HU.</param>
    public GreyRange RangeOf(Image image, Mask head, GreyRange window)
    {
        if (HeadFractions is not { } fractions)
            return window;
        if (head.Area == 0)
            return default;
        var ends = Percentiles.Of(image.Pixels.Where((_, i) => head.Pixels[i]), [fractions.Low, fractions.High]);
        return new(ends[0], ends[1]);
    }

    /// <summary>The mask of every slice, where there is one; null where the slice's own head says.</summary>
    /// <param name="reference">The mask of the modality's reference.</param>
    public Mask? SharedMask(Mask reference) => MaskedByReference ? reference : null;
}
