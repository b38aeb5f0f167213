using Xunit;

namespace Gateway.Testing;

/// <summary>Real images under <c>../shared/data</c> beside the repository: used where they exist, never required.</summary>
public static class RealData
{
    /// <summary>The only reason for which a test may be skipped: eng/test counts these, and takes a skip for another
    /// reason as a failure.</summary>
    private const string Absent = "../shared/data is absent";

    private static readonly Lock Recording = new();

    private static string Root => System.IO.Path.GetFullPath(System.IO.Path.Combine(Repository.Root, "..", "shared", "data"));

    /// <summary>Absolute path of a file or folder of the real data. Where this machine has none, the calling test is skipped.</summary>
    /// <param name="relative">Below <c>shared/data</c>, e.g. <c>dicom/t2_fnndsc_siemens</c>.</param>
    /// <exception cref="FileNotFoundException">There is real data, but not this.</exception>
    public static string Path(string relative)
    {
        var path = Find(relative);
        Assert.SkipWhen(path is null, Absent);
        return path!;
    }

    /// <summary>As <see cref="Path"/>, but null where this machine has no real data: for a test that has other material too.</summary>
    /// <exception cref="FileNotFoundException">There is real data, but not this.</exception>
    public static string? Find(string relative)
    {
        if (!Directory.Exists(Root))
            return null;
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(Root, relative));
        if (!File.Exists(path) && !Directory.Exists(path))
            throw new FileNotFoundException($"../shared/data has no {relative}.");
        Record();
        return path;
    }

    // Counts the calling test as one that used real data: eng/test counts the different lines of this file.
    private static void Record()
    {
        var test = TestContext.Current.Test?.UniqueID ?? TestContext.Current.TestClass?.UniqueID;
        if (test is null || Environment.GetEnvironmentVariable("GATEWAY_REALDATA_LOG") is not { Length: > 0 } log)
            return;
        lock (Recording)
            File.AppendAllText(log, test + Environment.NewLine);
    }
}
