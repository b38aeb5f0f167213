using Gateway.DicomCodecs;
using Gateway.DicomNetwork;

namespace Gateway.TranslationWorker;

/// <summary>A destination as the SCU wants it.</summary>
public static class DestinationClient
{
    /// <exception cref="DicomNetworkException">Its <see cref="Destination.Tls"/> names files that cannot be used now.</exception>
    public static DicomClient Client(this Destination destination, TimeProvider time) => new(
        new DicomClientOptions
        {
            Host = destination.Host,
            Port = destination.Port,
            CalledAe = AeTitle.Parse(destination.CalledAe),
            CallingAe = AeTitle.Parse(destination.CallingAe),
            Decompress = DicomDecoder.Decode,
            Tls = destination.Tls?.For(destination.Host),
        },
        time);
}
