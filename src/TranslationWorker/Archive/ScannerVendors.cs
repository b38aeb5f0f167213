using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>Who made a scanner, of a closed list: what a header says is free text.</summary>
internal static class ScannerVendors
{
    private static readonly (string Word, ScannerVendor Vendor)[] Words =
    [
        ("siemens", ScannerVendor.Siemens), ("philips", ScannerVendor.Philips), ("ge medical", ScannerVendor.Ge),
        ("ge healthcare", ScannerVendor.Ge),
        ("canon", ScannerVendor.Canon), ("toshiba", ScannerVendor.Canon), ("hitachi", ScannerVendor.Hitachi),
        ("fujifilm", ScannerVendor.Hitachi),
        ("united imaging", ScannerVendor.UnitedImaging), ("uih", ScannerVendor.UnitedImaging),
    ];

    /// <param name="header">Of the translated slice: its Manufacturer (0008,0070) is read.</param>
    public static ScannerVendor Of(DicomDataset? header)
    {
        var text = header is not null && header.TryGetString(DicomTag.Manufacturer, out var manufacturer) ? manufacturer : "";
        return Words.FirstOrDefault(known => text.Contains(known.Word, StringComparison.OrdinalIgnoreCase)).Vendor;
    }
}
