using System.CommandLine;
using Gateway.DicomNetwork;

namespace Gateway.Cli;

/// <summary><c>gateway send DIR</c>: C-STORE of a folder.</summary>
internal static class SendVerb
{
    private static readonly Argument<DirectoryInfo> Folder = new("folder") { Description = "Folder with DICOM files." };

    public static Command Create() => Verb.Create(
        "send", "Send a folder to a DICOM peer (C-STORE).", [Folder, .. PeerOptions.All, CommonOptions.Json], RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var files = DicomFolder.Files(parsed.GetValue(Folder)!);
        var (stored, refused) = (0, new List<StoreResult>());
        await foreach (var result in PeerOptions.Client(parsed).StoreAsync(files.Select(Part10Source.File), cancel))
        {
            if (result.IsStored)
                stored++;
            else
                refused.Add(result);
            if ((stored + refused.Count) % 50 == 0)
                await Console.Error.WriteLineAsync($"{stored + refused.Count} of {files.Count}");
        }
        foreach (var result in refused)
            await Console.Error.WriteLineAsync($"{result.Source.Name}: {(result.Status is { } s ? $"{s:X4} " : "")}{result.Error}");
        if (parsed.GetValue(CommonOptions.Json))
            JsonLine.Write(
                new { stored, refused = refused.Select(r => new { file = r.Source.Name, status = r.Status?.ToString("X4"), r.Error }) });
        else
            Console.WriteLine($"{stored} of {files.Count} stored.");
        return refused.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }
}
