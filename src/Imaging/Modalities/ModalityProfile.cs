using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Modalities;

/// <summary>
/// Everything the gateway knows of one modality. Code that behaves differently by modality asks here. The modalities of the shipped models
/// are in <see cref="ShippedModalities"/>. To add one, register its profile beside them and add a folder of models.
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

    /// <summary>Fractions of the values inside the head that become -1 and 1. Null for Hounsfield units: they
    /// mean the same in every slice, so
    /// the model's window is used.</summary>
    public (double Low, double High)? HeadFractions { get; init; }

    /// <summary>Value outside the head.</summary>
    public required float Air { get; init; }

    /// <summary>Finds the head: image in the modality's units, pixel width and pixel height in mm.</summary>
    public required Func<Image, double, double, Mask> FindHead { get; init; }

    /// <summary>True: every slice is masked by the reference's mask, which was built once on bone. False:
    /// by the slice's own head.</summary>
    public bool MaskedByReference { get; init; }

    /// <summary>Grey value of a reference, 0..1. Registration clips brighter ones to it, so that bone does not drown the brain.</summary>
    public float BrightestBrain { get; init; } = 1;

    /// <summary>True: bone is the brightest tissue. False: it is the dark ring under the scalp.</summary>
    public bool BoneIsBright { get; init; }

    /// <summary>Whether motion shows as ghosts in the air beside the head.</summary>
    public bool HasGhosts { get; init; }

    /// <summary>How much the looks of scanners differ, relative to MR. Training varies its source pictures by as much.</summary>
    public double ScannerVariation { get; init; } = 1;

    /// <summary>Modality (0008,0060) of its series, received and derived.</summary>
    public required string DicomModality { get; init; }

    /// <summary>SOP Class of a derived image; it selects the image module that is written.</summary>
    public required DicomUID SopClass { get; init; }

    /// <summary>Image Type (0008,0008) value 3 of a derived image.</summary>
    public required string ImageType { get; init; }

    /// <summary>Used in descriptions: <c>T2-weighted MR</c>.</summary>
    public required string Words { get; init; }

    /// <summary>Used on pictures, in capitals: <c>T2 MR</c>.</summary>
    public required string Caption { get; init; }

    public Direction Direction => new(Modality, To);

    public bool IsHounsfield => HeadFractions is null;

    /// <summary>Image Type (0008,0008) of a derived image.</summary>
    public IReadOnlyList<string> DerivedImageType => ["DERIVED", "SECONDARY", ImageType];

    /// <summary>The values that a generator's -1..1 stands for when it makes a picture of this modality.</summary>
    /// <param name="window">The model's window, HU.</param>
    public GreyRange MadeRange(GreyRange window) => IsHounsfield ? window : new(0, 1);

    /// <summary>The values of a slice that become -1 and 1.</summary>
    /// <param name="image">In the modality's units.</param>
    /// <param name="head">The head in it.</param>
    /// <param name="window">The model's window, HU.</param>
    public GreyRange RangeOf(Image image, Mask head, GreyRange window)
    {
        if (HeadFractions is not { } fractions)
            return window;
        if (head.Area == 0)
            return default;
        var ends = Percentiles.Of(image.Pixels.Where((_, i) => head.Pixels[i]), [fractions.Low, fractions.High]);
        return new(ends[0], ends[1]);
    }

    /// <summary>The mask that all slices share; null where each slice is masked by its own head.</summary>
    /// <param name="reference">The mask of the modality's reference.</param>
    public Mask? SharedMask(Mask reference) => MaskedByReference ? reference : null;
}
