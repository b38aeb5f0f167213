using Gateway.DicomCodecs;
using Gateway.DicomNetwork;

namespace Gateway.TranslationWorker;

/// <summary>A destination as the SCU wants it.</summary>
internal static class DestinationClient
{
    public static DicomClient Client(this Destination destination, TimeProvider time) => new(
        new DicomClientOptions
        {
            Host = destination.Host,
            Port = destination.Port,
            CalledAe = AeTitle.Parse(destination.CalledAe),
            CallingAe = AeTitle.Parse(destination.CallingAe),
            Decompress = DicomDecoder.Decode,
        },
        time);
}
