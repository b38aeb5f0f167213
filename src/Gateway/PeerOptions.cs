using System.CommandLine;
using Gateway.DicomCodecs;
using Gateway.DicomNetwork;

namespace Gateway.Cli;

/// <summary>The options by which a verb names a DICOM peer.</summary>
internal static class PeerOptions
{
    public static readonly Option<string> Host = new("--host") { DefaultValueFactory = _ => "127.0.0.1", Description = "Peer's address." };
    public static readonly Option<int> Port = new("--port") { DefaultValueFactory = _ => 11_112, Description = "Peer's port." };
    public static readonly Option<string> CallingAe = new("--calling")
    {
        DefaultValueFactory = _ => "SCANNER",
        Description = "AE title we call as.",
    };
    public static readonly Option<string> CalledAe = new("--called")
    {
        DefaultValueFactory = _ => "GATEWAY",
        Description = "AE title we call.",
    };

    public static IEnumerable<Option> All => [Host, Port, CallingAe, CalledAe, .. TlsOptions.All];

    /// <exception cref="VerbException">An AE title is not 1 to 16 printable ASCII characters, or TLS cannot be set up.</exception>
    public static DicomClient Client(ParseResult parsed) => new(
        new DicomClientOptions
        {
            Host = parsed.GetValue(Host)!,
            Port = parsed.GetValue(Port),
            CallingAe = Title(parsed.GetValue(CallingAe)!),
            CalledAe = Title(parsed.GetValue(CalledAe)!),
            Decompress = DicomDecoder.Decode,
            Tls = TlsOptions.Of(parsed, parsed.GetValue(Host)!),
        },
        TimeProvider.System);

    private static AeTitle Title(string text) =>
        AeTitle.TryParse(text, out var title) ? title : throw new VerbException($"'{text}' is no AE title.", ExitCode.Usage);
}
