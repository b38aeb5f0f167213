namespace Gateway.Hosting;

/// <summary>Which probe a health check belongs to.</summary>
public static class HealthTags
{
    /// <summary>Asked by <c>/health/ready</c>: may work be sent here?</summary>
    public const string Ready = "ready";

    /// <summary>Asked by <c>/health/startup</c>: is the start over?</summary>
    public const string Startup = "startup";
}
