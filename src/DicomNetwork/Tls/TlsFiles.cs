namespace Gateway.DicomNetwork;

/// <summary>The bytes of the files TLS is set up from, read together: compared by content, since a clock may stand still between two
/// writes.</summary>
internal sealed record TlsFiles(bool IsPkcs12, byte[] Certificate, byte[] Key, byte[] TrustedRoots)
{
    private const int MaxLength = 1 << 20;

    /// <exception cref="IOException">A file is gone, or is no certificate's size.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static TlsFiles Read(DicomTlsOptions options) => Read(
        options.Certificate, options.Key, options.ClientCertificate == ClientCertificatePolicy.None ? "" : options.TrustedRoots);

    /// <inheritdoc cref="Read(DicomTlsOptions)"/>
    public static TlsFiles Read(DicomClientTlsOptions options) => Read(options.Certificate, options.Key, options.TrustedRoots);

    public bool Same(TlsFiles other) =>
        Certificate.AsSpan().SequenceEqual(other.Certificate)
        && Key.AsSpan().SequenceEqual(other.Key)
        && TrustedRoots.AsSpan().SequenceEqual(other.TrustedRoots);

    private static TlsFiles Read(string certificate, string key, string trustedRoots)
    {
        var identity = ReadFile(certificate);
        return new(
            Path.GetExtension(certificate).ToUpperInvariant() is ".PFX" or ".P12",
            identity,
            key.Length == 0 ? identity : ReadFile(key),
            ReadFile(trustedRoots));
    }

    private static byte[] ReadFile(string path) =>
        path.Length == 0
            ? [] : new FileInfo(path).Length <= MaxLength
                ? File.ReadAllBytes(path) : throw new IOException($"{path} is too long for a certificate.");
}
