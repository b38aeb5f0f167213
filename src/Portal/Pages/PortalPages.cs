using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

using Gateway.Persistence;

namespace Gateway.Portal.Pages;

/// <summary>The web page: rendered here from the same queries the API answers with, so that it works without script.</summary>
internal static class PortalPages
{
    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", StudiesAsync);
        routes.MapGet("/studies/{key}", StudyAsync);
        routes.MapGet("/refusals", async (HttpRequest request, LedgerQueries ledgers, CancellationToken cancel) =>
            List<RefusalsPage, Refusal>(request, await ledgers.RefusalsAsync(Asked(request), cancel), nameof(RefusalsPage.Refusals)));
        routes.MapGet("/failures", async (HttpRequest request, LedgerQueries ledgers, CancellationToken cancel) =>
            await FailuresAsync(request, ledgers, cancel));
        routes.MapGet("/drift", async (DriftQueries drift, IOptions<DriftOptions> options, CancellationToken cancel) =>
            Render<DriftPage>(
                new()
                {
                    [nameof(DriftPage.Profiles)] = await drift.ReadAsync(cancel),
                    [nameof(DriftPage.Readers)] = await drift.ReadersAsync(cancel), [nameof(DriftPage.Options)] = options.Value,
                }));
        routes.MapGet("/associations", async (HttpRequest request, LedgerQueries ledgers, CancellationToken cancel) =>
            List<AssociationsPage, Association>(
                request, await ledgers.AssociationsAsync(Asked(request), cancel), nameof(AssociationsPage.Associations)));
    }

    private static async Task<IResult> StudiesAsync(
        HttpRequest request, StudyQueries studies, IConfiguration configuration, CancellationToken cancel)
    {
        // A mistyped filter shows everything rather than an error page.
        var filter = StudyFilter.Read(request.Query, []);
        var page = await studies.ListAsync(filter, Asked(request), cancel);
        return Render<StudiesPage>(new()
        {
            [nameof(StudiesPage.Studies)] = page,
            [nameof(StudiesPage.Filter)] = filter,
            [nameof(StudiesPage.Address)] = ListenerAddress.Of(configuration, request.Host),
            [nameof(StudiesPage.Older)] = Older(request, page.Next),
        });
    }

    private static async Task<IResult> StudyAsync(
        string key, StudyQueries studies, IOptions<PortalOptions> options, CancellationToken cancel)
    {
        if (await studies.FindAsync(key, cancel) is not { } study)
            return NotFound("study");
        return Render<StudyPage>(new()
        {
            [nameof(StudyPage.Study)] = study,
            [nameof(StudyPage.HasViewer)] = options.Value.HasViewer,
            [nameof(StudyPage.Activity)] = await studies.ActivityAsync(study, cancel),
        });
    }

    private static async Task<IResult> FailuresAsync(HttpRequest request, LedgerQueries ledgers, CancellationToken cancel)
    {
        var failures = await ledgers.FailuresAsync(Asked(request), cancel);
        return Render<FailuresPage>(new()
        {
            [nameof(FailuresPage.Failures)] = failures,
            [nameof(FailuresPage.Waiting)] = await ledgers.WaitingAsync(cancel),
            [nameof(FailuresPage.Studies)] = await ledgers.WaitingStudiesAsync(cancel),
            [nameof(FailuresPage.Older)] = Older(request, failures.Next),
        });
    }

    /// <summary>As asked for; a mistyped limit is the usual one.</summary>
    public static PageRequest Asked(
        HttpRequest request) => PageRequest.Read(request.Query, []) is var page && page.Limit is >= 1 and <= PageRequest.MaxLimit
        ? page
        : page with { Limit = PageRequest.DefaultLimit };

    private static PageResult<TPage> List<TPage, TRow>(HttpRequest request, Page<TRow> rows, string parameter)
        where TPage : IComponent => Render<TPage>(new() { [parameter] = rows, ["Older"] = Older(request, rows.Next) });

    /// <summary>Where the next page of a list is; null on the last.</summary>
    public static string? Older(HttpRequest request, string? next)
    {
        if (next is null)
            return null;
        var kept = request.Query.Where(p => p.Key != "cursor").Append(new("cursor", next));
        return request.Path + QueryString.Create(kept);
    }

    public static PageResult<TPage> Render<TPage>(Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent => new(parameters, status);

    public static PageResult<NotFoundPage> NotFound(string what) =>
        Render<NotFoundPage>(new() { [nameof(NotFoundPage.What)] = what }, StatusCodes.Status404NotFound);
}
