using System.Globalization;

namespace Gateway.Portal.Pages;

/// <summary>Where a scanner sends to, for the page that waits for its first study.</summary>
public sealed record ListenerAddress(string CallingAe, string CalledAe, string Host, int Port)
{
    /// <summary>The dcmtk command that sends a folder.</summary>
    public string SendCommand => $"storescu -aet {CallingAe} -aec {CalledAe} +sd +sp '*.dcm' {Host} {Port} FOLDER";

    public static ListenerAddress Of(IConfiguration configuration, HostString host) => new(
        configuration["Dicom:Callers:0:AeTitle"] ?? "SCANNER",
        configuration["Dicom:AeTitle"] ?? "GATEWAY",
        host.Host,
        int.TryParse(configuration["Dicom:Port"], CultureInfo.InvariantCulture, out var port) ? port : 11112);
}
