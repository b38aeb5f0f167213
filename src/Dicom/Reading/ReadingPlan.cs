namespace Gateway.Dicom;

/// <summary>What becomes of values while a file is read.</summary>
/// <param name="Store">Where large values are left, to be read on demand; null to read all of them.</param>
/// <param name="Large">Bytes beyond which a value is large.</param>
internal sealed record ReadingPlan(FileReadOption Option, ByteStore? Store, long Large, Allowance Allowance)
{
    private const int UsuallyLarge = 1 << 16;

    /// <param name="large">0 for the usual 64 KiB.</param>
    public static ReadingPlan Of(FileReadOption option, ByteStore? store, int large, Allowance allowance) =>
        new(option, option == FileReadOption.ReadLargeOnDemand ? store : null, large > 0 ? large : UsuallyLarge, allowance);

    public bool SkipsFragments => Option == FileReadOption.SkipLargeTags;

    public bool Skips(long length) => Option == FileReadOption.SkipLargeTags && length > Large;

    /// <summary>Fragments are left as well where they are small: there may be millions of them.</summary>
    public bool Leaves(long length, bool isFragment = false) => Store is not null && length > (isFragment ? 0 : Large);

    /// <summary>For values inside one that has been read already.</summary>
    public ReadingPlan InMemory() => this with { Store = null };
}
