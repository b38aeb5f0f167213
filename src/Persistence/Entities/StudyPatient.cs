using System.Security.Cryptography;
using System.Text;

namespace Gateway.Persistence;

/// <summary>One way in which received images of a study name their patient, each spelling a row, and what the first of these images says
/// of the study.</summary>
public sealed class StudyPatient
{
    /// <summary><see cref="IdOf"/>, so that replicas cannot write one identity twice.</summary>
    public required Guid Id { get; init; }

    public required Guid StudyId { get; init; }

    public string PatientId { get; init; } = "";
    public string IssuerOfPatientId { get; init; } = "";
    public string PatientName { get; init; } = "";
    public string PatientBirthDate { get; init; } = "";
    public string PatientSex { get; init; } = "";

    public string? AccessionNumber { get; init; }
    public string? StudyDate { get; init; }
    public string? StudyTime { get; init; }
    public string? TimezoneOffsetFromUtc { get; init; }
    public string? StudyDescription { get; init; }

    /// <summary>A person said that another is the study's patient: images that name this one are kept and not used.</summary>
    public bool RuledOut { get; set; }

    public PatientIdentity Identity => new(PatientId, IssuerOfPatientId, PatientName, PatientBirthDate, PatientSex);

    public static Guid IdOf(Guid studyId, PatientIdentity patient)
    {
        string[] parts = [
            $"{studyId}", patient.PatientId, patient.IssuerOfPatientId, patient.PatientName, patient.PatientBirthDate, patient.PatientSex];
        return new(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))).AsSpan(0, 16));
    }
}
