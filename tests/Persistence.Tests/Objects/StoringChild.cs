using System.Runtime.CompilerServices;

namespace Gateway.Persistence.Tests;

/// <summary>This test program, started once more with a folder to fill: stores objects and says each digest, until it is killed.</summary>
internal static class StoringChild
{
    public const string Variable = "GATEWAY_TEST_STORE_UNTIL_KILLED";

    // Without await: other threads cannot enter this module before its initializer has returned.
    [ModuleInitializer]
    public static void Run()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } folder)
            return;
        IObjectStore store = new FolderObjectStore(new DataDirectory(folder));
        var random = new Random(1);
        var content = new byte[600_000];
        while (true)
        {
            random.NextBytes(content);
            Console.Out.WriteLine(store.PutAsync(content).GetAwaiter().GetResult());
        }
    }
}
