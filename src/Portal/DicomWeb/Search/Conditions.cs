using System.Linq.Expressions;

using Gateway.Persistence;

namespace Gateway.Portal.DicomWeb;

/// <summary>The keys of a search as conditions of the database (PS3.4 section C.2.2.2).</summary>
internal sealed class Conditions(GatewayDbContext db)
{
    public IQueryable<Study> Of(IQueryable<Study> studies, KeyMatch match) => match.Key.Keyword switch
    {
        nameof(DicomTag.StudyInstanceUID) => studies.Where(s => match.Values.Contains(s.StudyInstanceUid)),
        nameof(DicomTag.StudyDate) => InRange(studies, match, s => s.StudyDate),
        nameof(DicomTag.StudyTime) => InRange(studies, match, s => s.StudyTime),
        nameof(DicomTag.StudyDescription) => studies.Where(Text(match).Matches<Study>(s => s.StudyDescription)),
        nameof(DicomTag.ModalitiesInStudy) => studies.Where(s => Shown.Instances(db).Any(
            i => i.Series.StudyId == s.Id && match.Values.Contains(i.Series.Modality))),
        // Of a study whose images name two patients, the columns say nothing: what any of them says leads to it.
        _ => Patients(match) is var patients ? studies.Where(s => patients.Any(p => p.StudyId == s.Id)) : studies,
    };

    public IQueryable<Series> Of(IQueryable<Series> series, KeyMatch match) => match.Key.Keyword switch
    {
        nameof(DicomTag.SeriesInstanceUID) => series.Where(s => match.Values.Contains(s.SeriesInstanceUid)),
        nameof(DicomTag.Modality) => series.Where(s => match.Values.Contains(s.Modality)),
        nameof(DicomTag.SeriesNumber) => series.Where(s => s.SeriesNumber == match.Number),
        nameof(DicomTag.SeriesDescription) => series.Where(Text(match).Matches<Series>(s => s.SeriesDescription)),
        _ => throw Unknown(match),
    };

    public static IQueryable<Instance> Of(IQueryable<Instance> instances, KeyMatch match) => match.Key.Keyword switch
    {
        nameof(DicomTag.SOPInstanceUID) => instances.Where(i => match.Values.Contains(i.SopInstanceUid)),
        nameof(DicomTag.SOPClassUID) => instances.Where(i => match.Values.Contains(i.SopClassUid)),
        nameof(DicomTag.InstanceNumber) => instances.Where(i => i.InstanceNumber == match.Number),
        _ => throw Unknown(match),
    };

    private IQueryable<StudyPatient> Patients(KeyMatch match)
    {
        var patients = db.StudyPatients.Where(p => !p.RuledOut);
        return match.Key.Keyword switch
        {
            nameof(DicomTag.PatientID) => patients.Where(Text(match).Matches<StudyPatient>(p => p.PatientId)),
            nameof(DicomTag.IssuerOfPatientID) => patients.Where(Text(match).Matches<StudyPatient>(p => p.IssuerOfPatientId)),
            nameof(DicomTag.PatientName) => patients.Where(Text(match).MatchesName<StudyPatient>(p => "=" + p.PatientName + "=")),
            nameof(DicomTag.PatientBirthDate) => InRange(patients, match, p => p.PatientBirthDate),
            nameof(DicomTag.PatientSex) => patients.Where(p => match.Values.Contains(p.PatientSex)),
            nameof(DicomTag.AccessionNumber) => patients.Where(Text(match).Matches<StudyPatient>(p => p.AccessionNumber)),
            _ => throw Unknown(match),
        };
    }

    private TextPattern Text(KeyMatch match) => new(db, match.Value);

    /// <summary>Dates and times are kept as they were sent: digits, most significant first. An empty one is in no range.</summary>
    private static IQueryable<TRow> InRange<TRow>(IQueryable<TRow> rows, KeyMatch match, Expression<Func<TRow, string?>> value)
    {
        if (match.From is { } from)
            rows = rows.Where(Compared(value, text => string.Compare(text, from) >= 0));
        if (match.To is { } to)
            rows = rows.Where(Compared(value, text => string.Compare(text, to) <= 0 && text != ""));
        return rows;
    }

    private static Expression<Func<TRow, bool>> Compared<TRow>(
        Expression<Func<TRow, string?>> value, Expression<Func<string?, bool>> condition) =>
        Expression.Lambda<Func<TRow, bool>>(
            Substitution.Of(condition.Body, (condition.Parameters[0], value.Body)), value.Parameters);

    private static ArgumentException Unknown(KeyMatch match) => new($"{match.Key.Keyword} has no condition.");
}
