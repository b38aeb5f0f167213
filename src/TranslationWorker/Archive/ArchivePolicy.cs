using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>Whether a series may enter the archive, and under whose pseudonym.</summary>
public sealed partial class ArchivePolicy(IOptions<ArchiveOptions> options, SubjectKey key, ILogger<ArchivePolicy> logger)
{
    /// <summary>What the house allows: the section <c>Archive</c>.</summary>
    /// <param name="descriptions">Of series and study.</param>
    /// <param name="callers">Calling AE titles of the associations that brought its images.</param>
    public bool Allows(IReadOnlyCollection<string?> descriptions, IReadOnlyCollection<string> callers)
    {
        var policy = options.Value;
        return policy.Enabled
            && (policy.AllowCallers.Count == 0 || (callers.Count > 0 && callers.All(policy.AllowCallers.Contains)))
            && !callers.Any(policy.DenyCallers.Contains)
            && !policy.DenyWords.Exists(word => descriptions.Any(text => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true));
    }

    /// <returns>Null where nobody can say whose the study is (no Patient ID, or two patients), where the patient was erased, and where
    /// the archive was made with another key.</returns>
    public async Task<SubjectPseudonym?> PatientAsync(Guid studyId, GatewayDbContext db, CancellationToken cancel)
    {
        var study = await db.Studies.AsNoTracking().SingleAsync(s => s.Id == studyId, cancel);
        if (study.PatientConflict || string.IsNullOrWhiteSpace(study.PatientId))
            return null;
        var patient = key.Of(study.IssuerOfPatientId ?? "", study.PatientId);
        if (await db.KnowsOtherKeyAsync(patient.KeyId, cancel))
        {
            LogOtherKey();
            return null;
        }
        return await db.IsErasedAsync(patient, cancel) ? null : patient;
    }

    [LoggerMessage(
        EventId = 2009, Level = LogLevel.Warning,
        Message = "The archive was made with another key: nothing enters it until Archive:PseudonymKey names that one")]
    private partial void LogOtherKey();
}
