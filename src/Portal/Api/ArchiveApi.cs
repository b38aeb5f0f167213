using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary><c>/api/archive</c> and <c>/api/manifests</c>: numbers and digests, no pseudonym.</summary>
internal static class ArchiveApi
{
    public static void MapArchive(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/archive", async (ArchiveQueries archive, CancellationToken cancel) =>
            TypedResults.Ok(ArchiveJson.Of(await archive.OverviewAsync(cancel))));
        routes.MapGet("/api/manifests", (HttpRequest request, ArchiveQueries archive, CancellationToken cancel) =>
            LedgerApi.AnswerAsync(request, page => archive.ManifestsAsync(page, cancel), ManifestRowJson.Of));
        routes.MapGet("/api/manifests/{digest}", async (string digest, ArchiveQueries archive, CancellationToken cancel) =>
            await archive.ManifestAsync(digest, cancel) is { } manifest
                ? TypedResults.Ok(ManifestJson.Of(manifest)) : (IResult)Problems.NotFound("manifest"));
    }

    private sealed record CountJson(string Modality, string Split, string Vendor, string CallingAe, int Samples)
    {
        public static CountJson Of(ArchiveCount c) => new(c.Modality, c.Split.Word(), Kebab.Of($"{c.Vendor}"), c.CallingAe, c.Samples);
    }

    private sealed record SubjectsJson(string Modality, string Split, int Subjects)
    {
        public static SubjectsJson Of(SubjectCount c) => new(c.Modality, c.Split.Word(), c.Subjects);
    }

    private sealed record ArchiveJson(
        int Samples, int Subjects, int Erased, IReadOnlyList<CountJson> Counts, IReadOnlyList<SubjectsJson> SubjectCounts,
        IReadOnlyList<WeekJson> Weeks)
    {
        public static ArchiveJson Of(ArchiveOverview a) => new(
            a.Samples, a.TotalSubjects, a.Erased, [.. a.Counts.Select(CountJson.Of)], [.. a.Subjects.Select(SubjectsJson.Of)],
            [.. a.Weeks.Select(week => new WeekJson(week.Monday, week.Total, week.Samples))]);
    }

    private sealed record WeekJson(DateOnly Monday, int Samples, IReadOnlyDictionary<string, int> ByModality);

    private sealed record ManifestRowJson(string Digest, string Pair, DateTimeOffset CreatedAt, int Samples, int Subjects)
    {
        public static ManifestRowJson Of(Manifest m) => new(m.Digest, m.Pair, m.CreatedAt, m.Samples, m.Subjects);
    }

    private sealed record ManifestJson(
        string Digest, string Pair, DateTimeOffset CreatedAt, int Samples, int Subjects, int Gone,
        IReadOnlyList<CountJson> Counts, IReadOnlyList<SubjectsJson> SubjectCounts, IReadOnlyList<Guid> Jobs, IReadOnlyList<string> Models)
    {
        public static ManifestJson Of(ManifestDetail d) => new(
            d.Manifest.Digest, d.Manifest.Pair, d.Manifest.CreatedAt, d.Manifest.Samples, d.Manifest.Subjects, d.Gone,
            [.. d.Counts.Select(CountJson.Of)], [.. d.Subjects.Select(SubjectsJson.Of)], [.. d.Jobs.Select(j => j.Id)],
            [.. d.Models.Select(m => m.Digest)]);
    }
}
