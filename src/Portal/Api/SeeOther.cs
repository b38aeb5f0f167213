namespace Gateway.Portal;

/// <summary>303: the browser then gets the page, so that a reload does not send the form again.</summary>
internal sealed class SeeOther(string location) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        (httpContext.Response.StatusCode, httpContext.Response.Headers.Location) = (StatusCodes.Status303SeeOther, location);
        return Task.CompletedTask;
    }
}
