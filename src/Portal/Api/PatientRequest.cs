using System.Globalization;

using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>Who says whose study it is, and why, checked.</summary>
/// <param name="Patient">Id of the <see cref="StudyPatient"/> that is right.</param>
/// <param name="Of">Among how many patients the person chose; null when the request does not say.</param>
internal sealed record PatientRequest(string By, string Why, Guid Patient, int? Of)
{
    /// <summary>From the page's form or a JSON body <c>{by, why, patient, of}</c>. Where a proxy authenticates, its word for who it is
    /// counts, and the body's does not.</summary>
    /// <param name="request">Its body is read.</param>
    /// <param name="auth">How people are known.</param>
    /// <param name="errors">What is wrong, by name.</param>
    public static async Task<PatientRequest> ReadAsync(HttpRequest request, AuthOptions auth, Dictionary<string, string[]> errors)
    {
        var fields = await RequestFields.ReadAsync(request);
        var by = auth.Mode == AuthMode.Proxy ? request.Headers[auth.UserHeader].ToString() : fields.GetValueOrDefault("by");
        var patient = RequestFields.Id("patient", fields, errors);
        if (patient is null)
            errors["patient"] = ["The id of one of the study's patients, as the API gives it."];
        return new(
            ReleaseRequest.Line("by", by, PatientChoice.LongestBy, errors),
            ReleaseRequest.Line("why", fields.GetValueOrDefault("why"), PatientChoice.LongestWhy, errors),
            patient ?? Guid.Empty,
            int.TryParse(fields.GetValueOrDefault("of"), NumberStyles.None, CultureInfo.InvariantCulture, out var of) ? of : null);
    }
}
