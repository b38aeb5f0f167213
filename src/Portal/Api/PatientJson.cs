using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>One of several patients that a study's images name: what a person needs to tell whose it is.</summary>
/// <param name="Id">To be given to <c>POST /api/studies/{id}/patient</c>.</param>
internal sealed record PatientJson(
    Guid Id, string PatientId, string IssuerOfPatientId, string PatientName, string PatientBirthDate, string PatientSex, int Images,
    bool RuledOut)
{
    /// <summary>None where all images agree: elsewhere this API holds no patient data.</summary>
    public static IReadOnlyList<PatientJson> Of(Study study) => StudyPerson.Of(study) is { Count: > 1 } persons
        ? [.. persons.Select(person => Of(person.Patient, person.Images))]
        : [];

    private static PatientJson Of(StudyPatient p, int images) => new(
        p.Id, p.PatientId, p.IssuerOfPatientId, p.PatientName, p.PatientBirthDate, p.PatientSex, images, p.RuledOut);
}
