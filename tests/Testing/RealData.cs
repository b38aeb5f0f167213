using Xunit;

namespace Gateway.Testing;

/// <summary>Real images under <c>../shared/data</c> beside the repository: used where they exist, never required.</summary>
public static class RealData
{
    private static readonly Lock Recording = new();

    /// <summary>Absolute path of a file or folder of the real data, or null when it is not on this machine. Counts the calling test as one that used it.</summary>
    /// <param name="relative">Below <c>shared/data</c>, e.g. <c>dicom/t2_fnndsc_siemens</c>.</param>
    public static string? Path(string relative)
    {
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(Repository.Root, "..", "shared", "data", relative));
        if (!File.Exists(path) && !Directory.Exists(path))
            return null;
        Record();
        return path;
    }

    // eng/test counts the different lines of this file.
    private static void Record()
    {
        var test = TestContext.Current.Test?.UniqueID ?? TestContext.Current.TestClass?.UniqueID;
        if (test is null || Environment.GetEnvironmentVariable("GATEWAY_REALDATA_LOG") is not { Length: > 0 } log)
            return;
        lock (Recording)
            File.AppendAllText(log, test + Environment.NewLine);
    }
}
