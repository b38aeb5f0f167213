namespace Gateway.Testing;

/// <summary>Where the sources lie that these tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>Gateway.sln</c>.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Gateway.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException($"No Gateway.sln above {AppContext.BaseDirectory}.");
    }
}
