namespace Gateway.Persistence;

/// <summary>What a picture of a translation shows, as <see cref="Picture.Kind"/> and the API spell it.</summary>
public static class PictureKind
{
    /// <summary>All panels of the translation on one page.</summary>
    public const string Sheet = "sheet";

    /// <summary>Every derived slice on one page.</summary>
    public const string Montage = "montage";

    public const string Source = "source";
    public const string Registered = "registered";
    public const string Masked = "masked";
    public const string Synthetic = "synthetic";

    /// <summary>The synthetic slice translated back.</summary>
    public const string Cycle = "cycle";

    /// <summary>The synthetic slice on the patient's own grid.</summary>
    public const string Patient = "patient";

    /// <summary>How far source and cycle differ.</summary>
    public const string Uncertainty = "uncertainty";

    /// <summary>The registered slice and the reference, square by square.</summary>
    public const string Checkerboard = "checkerboard";

    /// <summary>Whether any of it was made by a model, which the picture and the page must say.</summary>
    public static bool IsSynthetic(string kind) => kind is Sheet or Montage or Synthetic or Cycle or Patient or Uncertainty;
}
