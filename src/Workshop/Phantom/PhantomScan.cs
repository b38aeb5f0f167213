using Gateway.Imaging.Modalities;

namespace Gateway.Workshop.Phantom;

/// <summary>The table of what the headers of each kind of phantom series state.</summary>
internal sealed record PhantomScan
{
    public required PhantomKind Kind { get; init; }

    /// <summary>The modality that the pixels and headers really have, whatever the headers state.</summary>
    public required ModalityProfile Profile { get; init; }

    public required string Description { get; init; }

    public string StudyDescription { get; init; } = "HEAD PHANTOM";

    public string BodyPart { get; init; } = "HEAD";

    /// <summary>MR: TE and TR, ms.</summary>
    public (string Echo, string Repetition) Times { get; init; } = ("100", "4500");

    public string ScanningSequence { get; init; } = "SE";

    /// <summary>MR: TI, ms.</summary>
    public string? Inversion { get; init; }

    public string? ContrastAgent { get; init; }

    private static readonly PhantomScan[] Scans =
    [
        new() { Kind = PhantomKind.T2, Profile = ShippedModalities.T2, Description = "AX T2 PHANTOM" },
        new() { Kind = PhantomKind.HeadCt, Profile = ShippedModalities.Ct, Description = "HEAD PHANTOM" },
        new() { Kind = PhantomKind.T1, Profile = ShippedModalities.T2, Description = "AX T1 PHANTOM", Times = ("10", "500") },
        new() { Kind = PhantomKind.ProtonDensity, Profile = ShippedModalities.T2, Description = "AX PD PHANTOM", Times = ("15", "3000") },
        new()
        {
            Kind = PhantomKind.Flair, Profile = ShippedModalities.T2, Description = "AX FLAIR PHANTOM",
            Times = ("120", "9000"), ScanningSequence = @"IR\SE", Inversion = "2500",
        },
        new()
        {
            Kind = PhantomKind.ContrastCt,
            Profile = ShippedModalities.Ct,
            Description = "HEAD WITH CONTRAST PHANTOM",
            ContrastAgent = "IOHEXOL",
        },
        new()
        {
            Kind = PhantomKind.ChestCt,
            Profile = ShippedModalities.Ct,
            Description = "CHEST PHANTOM",
            StudyDescription = "CHEST PHANTOM",
            BodyPart = "CHEST",
        },
    ];

    public static PhantomScan Of(PhantomKind kind) =>
        Array.Find(Scans, scan => scan.Kind == kind) ?? throw new InvalidOperationException($"No scan of the kind {kind}.");

    /// <summary>The kind whose headers tell the truth.</summary>
    /// <exception cref="InvalidOperationException">No phantom is of this modality.</exception>
    public static PhantomScan Usual(Modality modality) => Scans.First(scan => scan.Profile.Modality == modality);
}
