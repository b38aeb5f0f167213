namespace Gateway.Dicom;

/// <summary>How values are treated while a file is read.</summary>
/// <param name="Store">Where large values stay, to be read on demand; null to read all of them.</param>
/// <param name="Large">Bytes beyond which a value is large.</param>
internal sealed record ReadingPlan(FileReadOption Option, ByteStore? Store, long Large, Allowance Allowance)
{
    private const int UsuallyLarge = 1 << 16;

    /// <param name="large">0 for the usual 64 KiB.</param>
    public static ReadingPlan Of(FileReadOption option, ByteStore? store, int large, Allowance allowance) =>
        new(option, option == FileReadOption.ReadLargeOnDemand ? store : null, large > 0 ? large : UsuallyLarge, allowance);

    public bool SkipsFragments => Option == FileReadOption.SkipLargeTags;

    public bool Skips(long length) => Option == FileReadOption.SkipLargeTags && length > Large;

    /// <summary>Small fragments are also left in the file: there may be millions of them.</summary>
    public bool Leaves(long length, bool isFragment = false) => Store is not null && length > (isFragment ? 0 : Large);

    /// <summary>The plan for values inside a value that is already in memory.</summary>
    public ReadingPlan InMemory() => this with { Store = null };
}
