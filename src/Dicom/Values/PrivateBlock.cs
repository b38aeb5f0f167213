namespace Gateway.Dicom;

/// <summary>Finds the owner's block in a private group (PS3.5 section 7.8.1): an element (gggg,0010-00FF) names the creator of the elements
/// (gggg,1000-10FF to FF00-FFFF).</summary>
internal static class PrivateBlock
{
    private const uint First = 0x10;
    private const uint Last = 0xFF;

    /// <summary>The number that the tag has among these items; null when its creator has no block here.</summary>
    public static uint? Find(in SortedItems items, DicomTag tag)
    {
        for (var block = First; block <= Last; block++)
            if (items.Find(Creator(tag, block)) is DicomElement name && name.Text() == tag.PrivateCreator!.Creator)
                return Number(tag, block);
        return null;
    }

    /// <summary>The number that the tag has or gets, and the creator element to add if there is none yet.</summary>
    /// <exception cref="DicomDataException">All blocks are taken.</exception>
    public static (uint Number, DicomItem? Creator) Reserve(in SortedItems items, DicomTag tag)
    {
        if (Find(items, tag) is { } number) return (number, null);
        for (var block = First; block <= Last; block++)
            if (items.Find(Creator(tag, block)) is null)
                return (Number(tag, block), DicomElementFactory.Create(
                    DicomVR.LO, DicomTag.FromNumber(Creator(tag, block)), [tag.PrivateCreator!.Creator], check: true));
        throw new DicomDataException($"All blocks of group {tag.Group:x4} are taken.");
    }

    private static uint Creator(DicomTag tag, uint block) => (uint)tag.Group << 16 | block;

    private static uint Number(DicomTag tag, uint block) => (uint)tag.Group << 16 | block << 8 | (uint)tag.Element & 0xFF;
}
