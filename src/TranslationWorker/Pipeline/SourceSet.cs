using System.Security.Cryptography;
using System.Text;

namespace Gateway.TranslationWorker;

/// <summary>Identifies the content that a series had when it was translated; derived UIDs are computed from it (conventions 1.4).</summary>
public static class SourceSet
{
    /// <summary>SHA-256 (lower-case hex) of the sorted (SOP Instance UID, digest) list. A late or changed slice changes it;
    /// of an image whose frames are not all used, so do the numbers of those that are.</summary>
    public static string Digest(IEnumerable<SourceInstance> instances)
    {
        var lines =
            instances.Select(i => $"{i.SopInstanceUid} {i.Sha256}{(i.Frames is { } frames ? $" {string.Join(',', frames)}" : "")}\n")
                .Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(lines))));
    }

    /// <summary>SHA-256 (lower-case hex) of the data set of a Part 10 file at the start of the stream, without
    /// file meta information (PS3.10
    /// 7.1).</summary>
    /// <exception cref="InvalidDataException">The file is no Part 10 file.</exception>
    public static string ContentDigest(Stream file)
    {
        Span<byte> head = stackalloc byte[144];
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head[128..132].SequenceEqual("DICM"u8))
            throw new InvalidDataException("Not a DICOM Part 10 file.");
        // The group length (0002,0000) UL is the first element and counts what follows it.
        file.Position = head.Length + BitConverter.ToUInt32(head[140..]);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
