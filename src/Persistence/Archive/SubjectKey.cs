using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Gateway.Persistence;

/// <summary>The secret that turns a patient's ID into a pseudonym. It lies in a file and never in the database: who has only the database
/// cannot tell whose a sample is by trying IDs.</summary>
public sealed class SubjectKey(IOptions<ArchiveOptions> options, DataDirectory data)
{
    private readonly Lazy<byte[]> _key = new(() => Load(options.Value.PseudonymKey, data), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Where the key lies unless <c>Archive:PseudonymKey</c> names another file.</summary>
    public const string DefaultName = "archive.key";

    /// <summary>Says which key this is, and nothing of it: samples of another key have other pseudonyms for the same patients.</summary>
    /// <exception cref="IOException">The key cannot be read or made.</exception>
    public string Id => Hash("key", "", "")[..16];

    /// <param name="issuer">Issuer of Patient ID (0010,0021); empty where none is said.</param>
    /// <param name="patientId">Patient ID (0010,0020), not empty.</param>
    /// <exception cref="IOException">The key cannot be read or made.</exception>
    public SubjectPseudonym Of(string issuer, string patientId) =>
        new(Hash("subject", issuer.Trim(), patientId.Trim()), Hash("any-issuer", "", patientId.Trim()), Id);

    private string Hash(string what, string issuer, string patientId) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes($"{what} {issuer.Length} {issuer} {patientId}")));

    private static byte[] Load(string? named, DataDirectory data)
    {
        var path = named ?? Made(Path.Combine(data.Create().Root, DefaultName), data);
        var key = File.ReadAllBytes(path);
        return key.Length >= ArchiveOptions.ShortestKey
            ? key
            : throw new IOException($"The key of the archive is shorter than {ArchiveOptions.ShortestKey} bytes: {path}");
    }

    /// <summary>Makes the file unless it is there. Of processes that do it at once, one wins, and all read the same key.</summary>
    private static string Made(string path, DataDirectory data)
    {
        if (File.Exists(path))
            return path;
        var mine = Path.Combine(data.Spool, "key." + RandomNumberGenerator.GetHexString(16, lowercase: true));
        PrivateFiles.Write(mine, RandomNumberGenerator.GetBytes(ArchiveOptions.ShortestKey));
        try
        {
            File.Move(mine, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(mine);
        }
        DirectoryFlush.Flush(data.Root);
        return path;
    }
}
