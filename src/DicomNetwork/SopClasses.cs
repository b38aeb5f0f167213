using System.Collections.Frozen;

namespace Gateway.DicomNetwork;

/// <summary>Which SOP classes we are an SCP of (PS3.4 §A, §B.5, Annex GG).</summary>
public static class SopClasses
{
    /// <summary>Verification (PS3.4 §A).</summary>
    public const string Verification = "1.2.840.10008.1.1";

    /// <summary>Study Root Query/Retrieve Information Model - FIND (PS3.4 §C.6.2.1), of which we are a user.</summary>
    public const string StudyRootFind = "1.2.840.10008.5.1.4.1.2.2.1";

    private const string StorageRoot = "1.2.840.10008.5.1.4.1.1.";

    /// <summary>Under the root of image storage, and not stored: queries for protocols and inventories.</summary>
    private static readonly FrozenSet<string> Queries = FrozenSet.Create(
    [
        "1.2.840.10008.5.1.4.1.1.200.4", "1.2.840.10008.5.1.4.1.1.200.5", "1.2.840.10008.5.1.4.1.1.200.6",
        "1.2.840.10008.5.1.4.1.1.201.2", "1.2.840.10008.5.1.4.1.1.201.3", "1.2.840.10008.5.1.4.1.1.201.4",
    ]);

    /// <summary>Stored, and under roots of their own.</summary>
    private static readonly FrozenSet<string> Others = FrozenSet.Create(
    [
        "1.2.840.10008.5.1.4.34.7", "1.2.840.10008.5.1.4.34.10",                                 // RT delivery instructions
        "1.2.840.10008.5.1.4.38.1", "1.2.840.10008.5.1.4.39.1",                                  // hanging protocol, palette
        "1.2.840.10008.5.1.4.43.1", "1.2.840.10008.5.1.4.44.1", "1.2.840.10008.5.1.4.45.1",      // implant templates
    ]);

    /// <summary>Every Storage SOP class of the standard, also those it will still add: image storage has had one root since 1993
    /// (PS3.4 §B.5).</summary>
    public static bool IsStorage(string uid) =>
        Others.Contains(uid)
            || (uid.StartsWith(StorageRoot, StringComparison.Ordinal) && uid.Length > StorageRoot.Length && !Queries.Contains(uid));

    /// <summary>A SOP class we are an SCP of (PS3.4 §A and §B.5).</summary>
    public static bool IsSupported(string uid) => uid == Verification || IsStorage(uid);
}
