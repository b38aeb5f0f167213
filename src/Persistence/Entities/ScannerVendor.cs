namespace Gateway.Persistence;

/// <summary>Who made the scanner, as far as an archive sample tells. The model is free text and, in a small house, leads to
/// people.</summary>
public enum ScannerVendor
{
    Other,
    Canon,
    Ge,
    Hitachi,
    Philips,
    Siemens,
    UnitedImaging,
}
