namespace Gateway.Portal;

/// <summary>
/// Gives an error without a body one that its reader understands: an OperationOutcome below /fhir, RFC 9457 problem details elsewhere.
/// The text of an exception never leaves the process.
/// </summary>
internal sealed partial class ErrorBodies(RequestDelegate next, ILogger<ErrorBodies> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException error) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = error.StatusCode;
        }
        catch (Exception error) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            LogFailed(error);
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null })
            await Body(context).ExecuteAsync(context);
    }

    private static IResult Body(HttpContext context)
    {
        var status = context.Response.StatusCode;
        return context.Request.Path.StartsWithSegments("/fhir") ? FhirOutcome.Of(status) : TypedResults.Problem(statusCode: status);
    }

    [LoggerMessage(EventId = 5001, Level = LogLevel.Error, Message = "A request could not be answered")]
    private partial void LogFailed(Exception error);
}
