using Gateway.Hosting;

namespace Gateway.Portal;

/// <summary>Answers 400 to whoever calls this server by a name that is not its own. Probes, which call it by its
/// address, are let through.</summary>
internal sealed class HostFilter(RequestDelegate next, AllowedHosts hosts)
{
    private const string Why = "This server is not called so. Auth:AllowedHosts lists the names it may be called by.";

    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (hosts.Contains(context.Request.Host.Host) || path.StartsWithSegments("/health"))
            return next(context);
        var answer = path.StartsWithSegments("/fhir")
            ? FhirOutcome.Of(StatusCodes.Status400BadRequest, Why)
            : TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest, title: "Unknown host", detail: Why);
        return answer.ExecuteAsync(context);
    }
}
