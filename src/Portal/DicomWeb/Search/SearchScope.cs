using Gateway.Persistence;

namespace Gateway.Portal.DicomWeb;

/// <summary>The study, series and instance that an address names; null where it names none.</summary>
internal sealed record SearchScope(string? Study, string? Series, string? Instance = null)
{
    public bool IsEverything => (Study ?? Series ?? Instance) is null;

    public static SearchScope Of(HttpContext context) => new(
        context.GetRouteValue("study") as string, context.GetRouteValue("series") as string, context.GetRouteValue("instance") as string);

    /// <summary>So written, databases enter by the study.</summary>
    public IQueryable<Series> Within(IQueryable<Series> series) =>
        Study is { } study ? series.Where(s => s.Study.StudyInstanceUid == study) : series;

    public IQueryable<Instance> Within(IQueryable<Instance> instances)
    {
        if (Study is { } study)
            instances = instances.Where(i => i.Series.Study.StudyInstanceUid == study);
        if (Series is { } series)
            instances = instances.Where(i => i.Series.SeriesInstanceUid == series);
        if (Instance is { } instance)
            instances = instances.Where(i => i.SopInstanceUid == instance);
        return instances;
    }
}
