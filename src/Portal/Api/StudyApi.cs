namespace Gateway.Portal;

/// <summary><c>/api/studies</c>.</summary>
internal static class StudyApi
{
    public static void MapStudies(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/studies", ListAsync);
        routes.MapGet("/api/studies/{key}", FindAsync);
        routes.MapGet("/api/studies/{key}/deliveries", DeliveriesAsync);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, StudyQueries studies, CancellationToken cancel)
    {
        var errors = new Dictionary<string, string[]>();
        var (filter, page) = (StudyFilter.Read(request.Query, errors), PageRequest.Read(request.Query, errors));
        if (errors.Count > 0)
            return Problems.BadParameters(errors);
        return TypedResults.Ok((await studies.ListAsync(filter, page, cancel)).Select(StudyRowJson.Of));
    }

    private static async Task<IResult> FindAsync(string key, StudyQueries studies, CancellationToken cancel) =>
        await studies.FindAsync(key, cancel) is { } study ? TypedResults.Ok(StudyJson.Of(study)) : Problems.NotFound("study");

    /// <summary>Where each derived image was sent, the destination's last word on it, and whether it keeps it safe.</summary>
    private static async Task<IResult> DeliveriesAsync(string key, StudyQueries studies, CancellationToken cancel)
    {
        if (await studies.FindAsync(key, cancel) is not { } study)
            return Problems.NotFound("study");
        var activity = await studies.ActivityAsync(study, cancel);
        return TypedResults.Ok(new
        {
            items = activity.Deliveries.Select(DeliveryJson.Of).ToList(),
            fhirServer = activity.Publication is { } told ? PublicationJson.Of(told) : null,
        });
    }
}
