using System.Security.Cryptography;
using System.Text;

using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

using Gateway.Persistence;

namespace Gateway.Portal.DicomWeb;

/// <summary>Finds the instances of an address.</summary>
internal sealed class StoredInstances(IDbContextFactory<GatewayDbContext> databases)
{
    /// <summary>In the order people read them; empty where there is no such study, series or instance.</summary>
    public async Task<IReadOnlyList<StoredInstance>> FindAsync(HttpContext context)
    {
        var scope = SearchScope.Of(context);
        await using var db = await databases.CreateDbContextAsync(context.RequestAborted);
        return await scope.Within(Shown.Instances(db).AsNoTracking())
            .OrderBy(i => i.Series.SeriesNumber ?? int.MaxValue).ThenBy(i => i.Series.SeriesInstanceUid)
            .ThenBy(i => i.InstanceNumber ?? int.MaxValue).ThenBy(i => i.SopInstanceUid)
            .Select(i => new StoredInstance(
                i.Series.Study.StudyInstanceUid, i.Series.SeriesInstanceUid, i.SopInstanceUid, i.TransferSyntaxUid, i.Sha256, i.Bytes,
                i.ReceivedAt))
            .ToListAsync(context.RequestAborted);
    }

    /// <summary>Says which bytes an answer has: it follows from the objects and from what is made of them.</summary>
    /// <param name="made">What is made of the stored bytes.</param>
    public static EntityTagHeaderValue Tag(IEnumerable<StoredInstance> instances, string made)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var instance in instances)
            hash.AppendData(Encoding.ASCII.GetBytes(instance.Sha256));
        hash.AppendData(Encoding.UTF8.GetBytes(made));
        return new($"\"{Convert.ToHexStringLower(hash.GetHashAndReset())}\"");
    }
}
