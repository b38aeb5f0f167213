using Gateway.Persistence;

namespace Gateway.Portal.Tests;

/// <summary>What a shadow leaves of three series.</summary>
internal static class ShadowRows
{
    /// <returns>The shadow's digest, and one of the studies.</returns>
    public static async Task<(string Digest, Guid Study)> AddAsync(PortalHost host)
    {
        var digest = await host.Objects.PutAsync("shadow model"u8.ToArray());
        await host.AddAsync(
            new Model
            {
                Digest = digest,
                Direction = "t2-ct",
                Name = "cyclegan-brain",
                Version = "2",
                State = ModelState.Shadow,
                CreatedAt = Sample.Noon,
            });
        var study = Guid.Empty;
        foreach (var (error, name) in ((double, string)[])[(0.1, "a"), (0.3, "b"), (0.2, "c")])
        {
            var seen = await Sample.TranslatedAsync(host.Objects);
            var sheet = await host.Objects.PutAsync(HeadPictures.Create().Values.First().Append((byte)name[0]).ToArray());
            await host.AddAsync(seen, new ShadowResult
            {
                SeriesId = seen.Series[0].Id, Revision = 1, Digest = digest, ChampionDigest = new string('a', 64), At = Sample.Noon,
                SheetSha256 = sheet,
                Measures = new()
                {
                    ["cycleError.champion"] = 0.05, ["cycleError.shadow"] = error, ["structure.champion"] = 0.2,
                    ["structure.shadow"] = 0.21,
                    ["seconds.champion"] = 0.4, ["seconds.shadow"] = 0.4, ["difference"] = 3.1, ["ssim"] = 0.91,
                },
            });
            study = seen.Id;
        }
        return (digest, study);
    }
}
