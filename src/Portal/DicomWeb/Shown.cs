using Gateway.Persistence;

namespace Gateway.Portal.DicomWeb;

/// <summary>What DICOMweb shows of the store, at every address alike: the images that count. One in conflict, one that names a patient who
/// was ruled out, and a synthetic series that another took the place of, are not among them.</summary>
internal static class Shown
{
    public static IQueryable<Instance> Instances(GatewayDbContext db) => db.Instances.Where(
        i => !i.Conflict && i.Series.State != SeriesState.Superseded
            && (i.StudyPatientId == null || !db.StudyPatients.Any(p => p.Id == i.StudyPatientId && p.RuledOut)));
}
