using Gateway.Persistence;

namespace Gateway.Portal.Pages;

/// <summary>The pages of the learning loop: archive, training, models.</summary>
internal static class LearningPages
{
    private const int Newest = 24;
    private static readonly TrainingJobState[] Ended = [.. Enum.GetValues<TrainingJobState>().Except(TrainingQueries.Open)];

    public static void MapLearningPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/archive", ArchiveAsync);
        routes.MapGet("/archive/manifests/{digest}", ManifestAsync);
        routes.MapGet("/training", TrainingAsync);
        routes.MapGet("/training/{id}", JobAsync);
        routes.MapGet("/models", ModelsAsync);
        routes.MapGet("/models/compare", CompareAsync);
        routes.MapGet("/models/{digest}", ModelAsync);
        routes.MapGet("/models/{digest}/shadow", ShadowAsync);
    }

    private static async Task<IResult> ArchiveAsync(HttpRequest request, ArchiveQueries archive, CancellationToken cancel)
    {
        var manifests = await archive.ManifestsAsync(PortalPages.Asked(request), cancel);
        return PortalPages.Render<ArchivePage>(new()
        {
            [nameof(ArchivePage.Overview)] = await archive.OverviewAsync(cancel),
            [nameof(ArchivePage.Newest)] = await archive.NewestAsync(Newest, cancel),
            [nameof(ArchivePage.Manifests)] = manifests,
            [nameof(ArchivePage.Older)] = PortalPages.Older(request, manifests.Next),
        });
    }

    private static async Task<IResult> ManifestAsync(string digest, ArchiveQueries archive, CancellationToken cancel) =>
        await archive.ManifestAsync(digest, cancel) is { } manifest
            ? PortalPages.Render<ManifestPage>(new() { [nameof(ManifestPage.Detail)] = manifest })
            : PortalPages.NotFound("manifest");

    private static async Task<IResult> TrainingAsync(HttpRequest request, TrainingQueries training, CancellationToken cancel)
    {
        var ended = await training.JobsAsync(Ended, PortalPages.Asked(request), cancel);
        return PortalPages.Render<TrainingPage>(new()
        {
            [nameof(TrainingPage.Open)] = await training.OpenAsync(cancel),
            [nameof(TrainingPage.Ended)] = ended,
            [nameof(TrainingPage.Older)] = PortalPages.Older(request, ended.Next),
        });
    }

    private static async Task<IResult> JobAsync(string id, TrainingQueries training, CancellationToken cancel) =>
        Guid.TryParseExact(id, "D", out var job) && await training.FindAsync(job, cancel) is { } detail
            ? PortalPages.Render<JobPage>(new() { [nameof(JobPage.Detail)] = detail })
            : PortalPages.NotFound("training job");

    private static async Task<IResult> ModelsAsync(HttpRequest request, ModelQueries models, CancellationToken cancel)
    {
        var page = PortalPages.Asked(request);
        var found = await models.ListAsync(null, null, page with { Limit = PageRequest.MaxLimit }, cancel);
        return PortalPages.Render<ModelsPage>(new()
        {
            [nameof(ModelsPage.Models)] = found.Items,
            [nameof(ModelsPage.RollBacks)] = await models.RollBacksAsync(found.Items.Select(model => model.Direction).Distinct(), cancel),
            [nameof(ModelsPage.Older)] = PortalPages.Older(request, found.Next),
        });
    }

    private static async Task<IResult> ModelAsync(string digest, ModelQueries models, CancellationToken cancel) =>
        await models.FindAsync(digest, cancel) is { } model
            ? PortalPages.Render<ModelPage>(new() { [nameof(ModelPage.Detail)] = model })
            : PortalPages.NotFound("model");

    private static async Task<IResult> ShadowAsync(string digest, ModelQueries models, CancellationToken cancel) =>
        await models.ShadowAsync(digest, cancel) is { } report
            ? PortalPages.Render<ShadowPage>(new() { [nameof(ShadowPage.Report)] = report })
            : PortalPages.NotFound("model");

    private static async Task<IResult> CompareAsync(string? a, string? b, ModelQueries models, CancellationToken cancel)
    {
        var (one, other) = (await models.FindAsync(a ?? "", cancel), await models.FindAsync(b ?? "", cancel));
        return one is null || other is null
            ? PortalPages.NotFound("model")
            : PortalPages.Render<ComparePage>(new() { [nameof(ComparePage.Both)] = (IReadOnlyList<ModelDetail>)[one, other] });
    }
}
