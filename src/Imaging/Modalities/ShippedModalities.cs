namespace Gateway.Imaging.Modalities;

/// <summary>The modalities that the shipped models translate between.</summary>
public static class ShippedModalities
{
    public static ModalityProfile T2 { get; } = new()
    {
        Modality = Modality.Parse("t2"),
        To = Modality.Parse("ct"),
        SourceSopClasses = ["1.2.840.10008.5.1.4.1.1.4", "1.2.840.10008.5.1.4.1.1.4.1"],
        Rules = T2Rules.All,
        HeadFractions = (0.005, 0.995),
        Air = 0,
        FindHead = HeadMask.OfMr,
        HasGhosts = true,
        DicomModality = "MR",
        SopClass = DicomUID.MRImageStorage,
        ImageType = "OTHER",
        Words = "T2-weighted MR",
        Caption = "T2 MR",
    };

    public static ModalityProfile Ct { get; } = new()
    {
        Modality = Modality.Parse("ct"),
        To = Modality.Parse("t2"),
        SourceSopClasses = ["1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.2.1"],
        Rules = HeadCtRules.All,
        Air = -1000,
        FindHead = HeadMask.OfCt,
        MaskedByReference = true,
        BrightestBrain = 0.6f, // 52 HU in the brain window: above grey matter, below fresh blood
        BoneIsBright = true,
        ScannerVariation = 0.5,
        DicomModality = "CT",
        SopClass = DicomUID.CTImageStorage,
        ImageType = "AXIAL",
        Words = "CT",
        Caption = "CT",
    };

    public static ModalityTable Table { get; } = new([T2, Ct]);
}
