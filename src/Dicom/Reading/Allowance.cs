namespace Gateway.Dicom;

/// <summary>Limits the memory spent on a file to five bytes for each of its bytes, and some more. A file that
/// consists only of headers of empty
/// elements would take ten times its size, and is refused.</summary>
/// <param name="length">Bytes of the file.</param>
/// <param name="inflated">Bytes that its deflated data set may grow to; 0 if it is not deflated.</param>
internal sealed class Allowance(long length, long inflated)
{
    private const int Array = 24;
    private const int Slot = 8;
    private const int Element = 72;
    private const int Dataset = 80;
    private const int Sequence = 96;
    private const int Fragment = 56;
    private const int PrivateTag = 24;
    private const int CharacterSet = 440;

    private long _left = 5 * length + inflated + (3 << 20);

    public void SpendElement(uint tag, long kept) =>
        Spend(Element + (kept > 0 ? Array + (kept + 7 & ~7L) : 0) + ((tag >> 16 & 1) == 1 ? PrivateTag : 0));

    public void SpendCharacterSet() => Spend(CharacterSet);

    public void SpendItem() => Spend(Dataset);

    public void SpendSequence() => Spend(Sequence);

    public void SpendFragment(long kept) => Spend(Fragment + Array + kept);

    public void SpendSlots(long slots) => Spend(slots * Slot);

    private void Spend(long bytes)
    {
        if ((_left -= bytes) < 0)
            throw new DicomFileException(null, "So many small elements would take more than five times the memory of their file.");
    }
}
