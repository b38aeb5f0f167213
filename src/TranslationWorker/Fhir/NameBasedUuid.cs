using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.TranslationWorker;

/// <summary>Name-based UUIDs (RFC 9562 section 5.5, version 5): the same name gives the same id on every replica and on every
/// run.</summary>
public static class NameBasedUuid
{
    /// <summary>Names that are ISO object identifiers, as every DICOM UID is (RFC 9562 section 6.6).</summary>
    public static readonly Guid Oid = new("6ba7b812-9dad-11d1-80b4-00c04fd430c8");

    /// <summary>Names that only the gateway gives out.</summary>
    public static readonly Guid Gateway = new("3f1c8a52-7be4-5d0a-9c06-2a4f5b1e7d93");

    /// <summary>The version 5 UUID of <paramref name="name"/> (UTF-8) in <paramref name="space"/>.</summary>
    public static Guid Create(Guid space, string name)
    {
        var text = Encoding.UTF8.GetBytes(name);
        var input = new byte[16 + text.Length];
        space.TryWriteBytes(input, bigEndian: true, out _);
        text.CopyTo(input, 16);
#pragma warning disable CA5350 // SHA-1 is what version 5 is defined on; nothing is secured by it.
        var hash = SHA1.HashData(input);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }

    /// <summary>A UUID as an object identifier, <c>2.25.</c> and its decimal value (PS3.5 B.2); at most 44 characters.</summary>
    public static string ToOid(Guid uuid)
    {
        var bytes = uuid.ToByteArray(bigEndian: true);
        return $"2.25.{new BigInteger(bytes, isUnsigned: true, isBigEndian: true)}";
    }
}
