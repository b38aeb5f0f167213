using System.Security.Cryptography;

namespace Gateway.Receive;

/// <summary>What SHA-256 of one instance costs, fed as PDUs bring it.</summary>
internal static class HashCost
{
    private const int PieceBytes = 131_072;
    private const int Times = 40;

    public static double Milliseconds(Workload workload)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var image = File.ReadAllBytes(workload.Files[0]);
        var start = Environment.CpuUsage.TotalTime;
        for (var time = 0; time < Times; time++)
        {
            for (var at = 0; at < image.Length; at += PieceBytes)
                hash.AppendData(image.AsSpan(at, Math.Min(PieceBytes, image.Length - at)));
            hash.GetHashAndReset();
        }

        return (Environment.CpuUsage.TotalTime - start).TotalMilliseconds / Times;
    }
}
