using System.Buffers;

namespace Gateway.Persistence;

/// <summary>The name of an object: the SHA-256 of its bytes as 64 lower-case hex digits.</summary>
public static class ObjectDigest
{
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>Whether that could be the name of an object.</summary>
    public static bool Is(string name) => name.Length == 64 && !name.AsSpan().ContainsAnyExcept(LowerHex);

    /// <summary>Refuses everything but a digest, before it becomes part of a path or an address.</summary>
    /// <exception cref="ArgumentException">Not a SHA-256 in lower-case hex.</exception>
    public static string Checked(string sha256) => Is(sha256)
        ? sha256
        : throw new ArgumentException("An object is named by 64 lower-case hex digits.", nameof(sha256));
}
