using System.CommandLine;
using Gateway.DicomNetwork;

namespace Gateway.Cli;

/// <summary><c>gateway echo</c>: C-ECHO to a peer.</summary>
internal static class EchoVerb
{
    public static Command Create() => Verb.Create(
        "echo", "Ask a DICOM peer whether it is there (C-ECHO).", [.. PeerOptions.All, CommonOptions.Json], RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var status = await PeerOptions.Client(parsed).EchoAsync(cancel);
        if (parsed.GetValue(CommonOptions.Json))
            JsonLine.Write(new { status = $"{status:X4}" });
        else
            Console.WriteLine(status == DimseStatus.Success ? "The peer answered: 0000 (Success)." : $"The peer answered {status:X4}.");
        return status == DimseStatus.Success ? ExitCode.Done : ExitCode.Failed;
    }
}
