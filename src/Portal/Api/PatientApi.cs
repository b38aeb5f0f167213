using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

using Gateway.Hosting;

namespace Gateway.Portal;

/// <summary><c>POST /api/studies/{id}/patient</c>: whose study it is. JSON from programs, a form from the page.</summary>
internal static class PatientApi
{
    private const int MostBytes = 16 * 1024;

    public static void MapPatients(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/studies/{id:guid}/patient", ChooseAsync).WithMetadata(new RequestSizeLimitAttribute(MostBytes));

    private static async Task<IResult> ChooseAsync(
        Guid id, HttpRequest request, IOptions<AuthOptions> auth, AllowedHosts hosts, PatientChoices choices, CancellationToken cancel)
    {
        if (Caller.Refusal(request, auth.Value, hosts) is { } refusal)
            return refusal;
        var errors = new Dictionary<string, string[]>();
        var wish = await PatientRequest.ReadAsync(request, auth.Value, errors);
        if (errors.Count > 0)
            return Problems.BadParameters(errors);
        return await choices.ChooseAsync(id, wish, cancel) switch
        {
            PatientChoiceResult.Chosen when request.HasFormContentType => new SeeOther(Links.Study(id)),
            PatientChoiceResult.Chosen => TypedResults.Accepted((string?)null, new { id, patient = wish.Patient }),
            PatientChoiceResult.NothingToChoose => Problems.Conflict("The study is this patient's already: there is nothing to choose."),
            PatientChoiceResult.OthersCame => Problems.Conflict("Images of another patient came meanwhile: look at the study again."),
            _ => Problems.NotFound("study with this patient"),
        };
    }
}
