namespace Gateway.Workshop.Phantom;

/// <summary>One DICOM series of one phantom. Everything in it, UIDs too, follows from these values.</summary>
public sealed record PhantomSeriesOptions
{
    /// <summary>Seed of the head; also the patient's ID.</summary>
    public required ulong Seed { get; init; }

    public required PhantomKind Kind { get; init; }

    /// <summary>Series with the same seed and study text are in one study. Without a text, each kind is a separate study.</summary>
    public string? Study { get; init; }

    /// <summary>Slices, from the base of the skull (z -45 mm at 24 x 5 mm) to the vertex.</summary>
    public int Slices { get; init; } = 24;

    /// <summary>Rows and columns.</summary>
    public int Size { get; init; } = 256;

    /// <summary>Pixel spacing, mm.</summary>
    public double Spacing { get; init; } = 0.9;

    /// <summary>Distance between slices, mm.</summary>
    public double SliceSpacing { get; init; } = 5;

    /// <summary>See <see cref="PhantomOptions.LeftMarker"/>.</summary>
    public bool LeftMarker { get; init; }

    /// <summary>See <see cref="PhantomOptions.Findings"/>. Headers do not tell of them.</summary>
    public PhantomFindings? Findings { get; init; }

    /// <summary>The pixel data of the middle slice ends half way, in an otherwise well-formed object.</summary>
    public bool ShortPixelData { get; init; }
}
