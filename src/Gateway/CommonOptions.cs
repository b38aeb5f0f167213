using System.CommandLine;

namespace Gateway.Cli;

/// <summary>Options that several verbs share. There is one instance of each, so that help texts cannot differ.</summary>
internal static class CommonOptions
{
    public static readonly Option<DirectoryInfo> Data = new("--data")
    {
        Description = "Folder for the database, objects and results.",
        DefaultValueFactory = _ => new DirectoryInfo("gateway-data"),
    };

    public static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object as the last line of standard output." };

    public static readonly Option<string?> Urls = new(
        "--urls")
    { Description = "Address of the page and the API (default http://127.0.0.1:8080)." };
}
